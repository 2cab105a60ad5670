"""Withdrawing notices: what was undone is no news any more, neither on the bell nor by mail."""

from django.db import transaction

from schola.completion.events import CertificateRevoked
from schola.enrollment.events import EnrollmentEnded
from schola.kernel import clock
from schola.talk.kinds import check_of
from schola.talk.models import Notice


def withdraw_enrolled(event: EnrollmentEnded) -> None:
    """Withdraw that learners are in a course, from those of them who have not read it."""
    if event.role == "learner":
        _withdraw(event.person_ids, "enrolled", f"course-{event.course_id}")


def withdraw_certified(event: CertificateRevoked) -> None:
    """Withdraw that a certificate is theirs, if its owner has not read it."""
    _withdraw([event.person_id], "certificate", f"certificate-{event.certificate_id}")


@transaction.atomic
def withdraw_untrue(kind: str, key: str) -> bool:
    """Withdraw what would go out now if it is no longer so, as of a course that was hidden.

    Tell whether it is not. Who has read it, or has had the mail, keeps it. Safe to repeat.
    """
    check = check_of(kind)
    if check is None or check(key):
        return False
    due = Notice.objects.filter(kind=kind, key=key, hold_until__lte=clock.now())
    due.filter(mailed_at=None, read_at=None).delete()
    return True


def _withdraw(person_ids: list[int], kind: str, key: str) -> None:
    """Delete what these people were told and have not read. A mail that waits finds nothing."""
    told = Notice.objects.filter(person__in=person_ids, kind=kind, key=key)
    told.filter(read_at=None).delete()
