"""What happens to grades."""

from dataclasses import dataclass

from schola.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class GradeChanged(Event, name="grade.changed"):
    """A learner's grade in an activity is another one now. It may have fallen."""

    seat_id: int
    activity_id: int


@dataclass(frozen=True, kw_only=True)
class SchemeChanged(Event, name="grade.scheme-changed"):
    """The grades of a course are counted in another way, or a column is worth something else."""

    course_id: int
