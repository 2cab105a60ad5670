"""Dead letters: jobs that have no tries left, read by a person and sent again or put away."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from schola.kernel import clock
from schola.kernel.jobs.backend import JobTask
from schola.kernel.models import Job


def run_now(task: JobTask, **arguments: object) -> None:
    """Run a job with these arguments as soon as a worker is free, with all its tries.

    It is the last of them that failed or waits for its next try, if there is one, else a new one;
    and none if one runs just now.
    """
    alike = Job.objects.filter(name=task.name, arguments=arguments, unique_key="")
    if alike.filter(state=Job.State.RUNNING).exists():
        return
    same = alike.filter(state__in=(Job.State.WAITING, Job.State.FAILED))
    last = same.order_by("-made_at", "-pk").first()
    if last is None or not same.filter(pk=last.pk).update(**_fresh()):
        task.enqueue(**arguments)


def replay(row: Job) -> None:
    """Let a failed job run again, with all its tries, from its last checkpoint.

    Raises ValidationError if it has not failed, or if a job of the same key waits already.
    """
    try:
        with transaction.atomic():
            _change(row, **_fresh())
    except IntegrityError as error:
        raise ValidationError(
            _("The same job waits already. Let that one run, or discard this one.")
        ) from error


def discard(row: Job) -> None:
    """Put a failed job away for good. Raises ValidationError if it has not failed."""
    _change(row, state=Job.State.DISCARDED, finished_at=clock.now())


def _fresh() -> dict[str, object]:
    """Return the fields of a job that is to run now, with all its tries."""
    now = {"state": Job.State.WAITING, "run_at": clock.now()}
    return now | {"tries": 0, "finished_at": None, "worker": ""}


def _change(row: Job, **fields: object) -> None:
    failed = Job.objects.filter(pk=row.pk, state=Job.State.FAILED)
    if not failed.update(**fields):
        raise ValidationError(_("This job has not failed, so there is nothing to repeat."))
    row.refresh_from_db()
