"""Dead letters: jobs that have no tries left, read by a person and sent again or put away."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from schola.kernel import clock
from schola.kernel.models import Job


def replay(row: Job) -> None:
    """Let a failed job run again, with all its tries, from its last checkpoint.

    Raises ValidationError if it has not failed, or if a job of the same key waits already.
    """
    fresh = {"state": Job.State.WAITING, "tries": 0, "run_at": clock.now(), "finished_at": None}
    try:
        with transaction.atomic():
            _change(row, **fresh, worker="")
    except IntegrityError as error:
        raise ValidationError(
            _("The same job waits already. Let that one run, or discard this one.")
        ) from error


def discard(row: Job) -> None:
    """Put a failed job away for good. Raises ValidationError if it has not failed."""
    _change(row, state=Job.State.DISCARDED, finished_at=clock.now())


def _change(row: Job, **fields: object) -> None:
    failed = Job.objects.filter(pk=row.pk, state=Job.State.FAILED)
    if not failed.update(**fields):
        raise ValidationError(_("This job has not failed, so there is nothing to repeat."))
    row.refresh_from_db()
