"""Waking those who wait for a row: a notice on PostgreSQL. On SQLite they look by themselves."""

from threading import Event

from django.db import connection

LOOK_SECONDS = 0.05  # how often SQLite is asked for its version: some 10 µs each
POLL_SECONDS = 0.2
AT_LEAST_EVERY_SECONDS = 1.0  # a job may become due without anybody writing


def version() -> int:
    """Return a number that changes when another connection has written to this SQLite file."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return cursor.fetchone()[0]


def wait_for_writes(stop: Event) -> None:
    """Return when somebody has written, when a second is over, or when told to stop."""
    if connection.vendor != "sqlite":
        stop.wait(POLL_SECONDS)
        return
    before = version()
    for _ in range(int(AT_LEAST_EVERY_SECONDS / LOOK_SECONDS)):
        if stop.wait(LOOK_SECONDS) or version() != before:
            return
