"""What happens to courses."""

from dataclasses import dataclass

from schola.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CoursePublished(Event, name="course.published"):
    course_id: int


@dataclass(frozen=True, kw_only=True)
class CourseChanged(Event, name="course.changed"):
    """The course has other settings, such as another title."""

    course_id: int


@dataclass(frozen=True, kw_only=True)
class ConditionsEased(Event, name="course.conditions-eased"):
    """Completing the course asks for less: an activity, or some of the points."""

    course_id: int


@dataclass(frozen=True, kw_only=True)
class ActivityChanged(Event, name="activity.changed"):
    """An activity was made, its settings changed, or it was taken out of its course."""

    course_id: int
    activity_id: int


@dataclass(frozen=True, kw_only=True)
class ContentReady(Event, name="activity.content-ready"):
    """What an activity shows can be read anew, such as a document that a job has converted."""

    activity_id: int


@dataclass(frozen=True, kw_only=True)
class DueDateChanged(Event, name="activity.due-date-changed"):
    """What is done in an activity is due at another moment, or at none."""

    course_id: int
    activity_id: int


@dataclass(frozen=True, kw_only=True)
class VersionPublished(Event, name="activity.version-published"):
    activity_id: int
    version_id: int
