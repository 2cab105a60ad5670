"""What happens to seats."""

from dataclasses import dataclass

from schola.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class Enrolled(Event, name="enrollment.started"):
    """People were given seats in a course."""

    course_id: int
    person_ids: list[int]
    role: str


@dataclass(frozen=True, kw_only=True)
class EnrollmentEnded(Event, name="enrollment.ended"):
    course_id: int
    person_ids: list[int]
    role: str
