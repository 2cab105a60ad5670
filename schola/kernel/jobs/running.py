"""What a running job may say of itself."""

from contextvars import ContextVar
from typing import Any

from django.db.models import QuerySet

from schola.kernel.models import Job

_current: ContextVar[Job | None] = ContextVar("job", default=None)


class LeaseLost(RuntimeError):
    """The job belongs to another worker by now; what this one does from here on is void."""


def current_job() -> Job | None:
    """Return the job that runs in this thread, or None."""
    return _current.get()


def held(row: Job) -> QuerySet:
    """Return the row as long as it is in the hands of this try of this worker, else nothing.

    To be asked in the organization of the job. Whoever lost the lease and does not know it yet
    can so change nothing.
    """
    return Job.objects.filter(
        pk=row.pk, state=Job.State.RUNNING, worker=row.worker, tries=row.tries
    )


def progress(done: int, total: int, note: str = "") -> None:
    """Say how far the job is; pages show it. Does nothing outside a job."""
    if row := current_job():
        row.done, row.total, row.note = done, total, note[:200]
        held(row).update(done=done, total=total, note=row.note)


def checkpoint(**data: Any) -> None:
    """Keep what the job needs to go on from here, in the transaction of the work itself.

    Does nothing outside a job. Raises LeaseLost if the job was given to another worker: the
    transaction is rolled back, and the other does the same piece of work.
    """
    if row := current_job():
        row.checkpoint = row.checkpoint | data
        if not held(row).update(checkpoint=row.checkpoint):
            raise LeaseLost(f"job {row.pk} is no longer ours")
