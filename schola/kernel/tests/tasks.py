"""Jobs that the tests run, also in processes of their own."""

import time

import django_tasks
from django.db import transaction

from schola.kernel.jobs import checkpoint, current_job, job, progress
from schola.kernel.models import Signal
from schola.kernel.signals import announce

ran: list[object] = []


@job(tries=3)
def note(word: str) -> None:
    ran.append(word)


@job(tries=2)
def fall(word: str) -> None:
    ran.append(word)
    raise RuntimeError(f"{word} \0 fell")


@job()
def slow_rows(total: int, pause: float) -> None:
    """Write one signal per step, each with its checkpoint, and go on where it stopped."""
    for step in range(current_job().checkpoint.get("step", 0), total):
        with transaction.atomic():
            announce("rows", {"step": step})
            checkpoint(step=step + 1)
        progress(step + 1, total, f"{step + 1} rows")
        time.sleep(pause)


@job(lane="media", seconds=1, tries=1)
def film() -> None:
    ran.append("film")


@django_tasks.task(priority=3)
def add(a: int, b: int) -> int:
    return a + b


def steps() -> list[int]:
    rows = Signal.objects.filter(channel="rows").order_by("pk")
    return [row.data["step"] for row in rows]
