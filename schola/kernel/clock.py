"""The one clock. Deadlines are judged by it, so it follows the database, not this host."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

_offset = timedelta(0)
_set: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """Return the present moment: this host's clock plus its measured offset to the database."""
    return _set.get() or timezone.now() + _offset


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be this moment until the block ends. For the demo school and tests only."""
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)


def measure() -> timedelta:
    """Measure the offset between this host and the database, and keep it. Return it.

    SQLite runs in this process, so its clock is ours. Called by each process at its start and
    by the worker each minute.
    """
    global _offset
    if connection.vendor == "postgresql":
        before = timezone.now()
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (theirs,) = cursor.fetchone()
        _offset = theirs - (before + (timezone.now() - before) / 2)
    return _offset
