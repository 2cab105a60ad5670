"""What a running job may say of itself."""

from contextvars import ContextVar
from typing import Any

from schola.kernel.models import Job

_current: ContextVar[Job | None] = ContextVar("job", default=None)


def current_job() -> Job | None:
    """Return the job that runs in this thread, or None."""
    return _current.get()


def progress(done: int, total: int, note: str = "") -> None:
    """Say how far the job is; pages show it. Does nothing outside a job."""
    if row := current_job():
        row.done, row.total, row.note = done, total, note[:200]
        Job.objects.filter(pk=row.pk).update(done=done, total=total, note=row.note)


def checkpoint(**data: Any) -> None:
    """Keep what the job needs to go on from here, in the transaction of the work itself."""
    if row := current_job():
        row.checkpoint = row.checkpoint | data
        Job.objects.filter(pk=row.pk).update(checkpoint=row.checkpoint)
