"""What happens to completed courses."""

from dataclasses import dataclass

from schola.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CourseCompleted(Event, name="course.completed"):
    seat_id: int
    course_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(Event, name="certificate.issued"):
    certificate_id: int
    number: str
    person_id: int
    course_id: int


@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(Event, name="certificate.revoked"):
    """replaced: another one is issued in its place at the same moment."""

    certificate_id: int
    person_id: int
    course_id: int
    replaced: bool
