"""Withdrawing notices: what was undone is no news any more, neither on the bell nor by mail."""

from schola.completion.events import CertificateRevoked
from schola.enrollment.events import EnrollmentEnded
from schola.talk.models import Notice


def withdraw_enrolled(event: EnrollmentEnded) -> None:
    """Withdraw that learners are in a course, from those of them who have not read it."""
    if event.role == "learner":
        _withdraw(event.person_ids, "enrolled", f"course-{event.course_id}")


def withdraw_certified(event: CertificateRevoked) -> None:
    """Withdraw that a certificate is theirs, if its owner has not read it."""
    _withdraw([event.person_id], "certificate", f"certificate-{event.certificate_id}")


def _withdraw(person_ids: list[int], kind: str, key: str) -> None:
    """Delete what these people were told and have not read. A mail that waits finds nothing."""
    told = Notice.objects.filter(person__in=person_ids, kind=kind, key=key)
    told.filter(read_at=None).delete()
