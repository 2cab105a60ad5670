"""Taking jobs from the table and running them, at least once."""

import logging
import os
import random
import socket
import traceback
from datetime import timedelta
from threading import Event, Thread

from django.db import close_old_connections, connection, transaction
from django.db.models import F

from schola.kernel import clock
from schola.kernel.jobs.backend import jobs
from schola.kernel.jobs.running import _current
from schola.kernel.models import Job
from schola.kernel.tenants import acting_in

LEASE = timedelta(seconds=30)
HEARTBEAT_SECONDS = 8
DELAYS = (2, 15, 60, 600, 3600, 6 * 3600)  # seconds before the second, third, … try

log = logging.getLogger("schola.jobs")


def run_waiting(limit: int = 1000) -> int:
    """Run what is due, in this thread, until nothing is left; return how many ran. For tests."""
    ran = 0
    while ran < limit and run_one("here"):
        ran += 1
    return ran


def run_one(worker: str, lanes: tuple[str, ...] = ("default", "media")) -> bool:
    """Take one due job and run it. False if none was due."""
    row = claim(worker, lanes)
    if row is None:
        return False
    with acting_in(row.organization_id):
        _run(row)
    return True


def claim(worker: str, lanes: tuple[str, ...]) -> Job | None:
    """Take the most urgent due job, so that nobody else runs it while the lease lasts."""
    now = clock.now()
    due = Job.objects.across().filter(state=Job.State.WAITING, run_at__lte=now, lane__in=lanes)
    if not due.exists():  # a look costs no write lock
        return None
    with transaction.atomic():
        row = (
            due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
            .order_by("-priority", "run_at", "pk")
            .first()
        )
        if row is None:
            return None
        row.state, row.worker, row.lease_until = Job.State.RUNNING, worker, now + LEASE
        row.tries, row.started_at = row.tries + 1, now
        row.save(update_fields=["state", "worker", "lease_until", "tries", "started_at"])
    return row


def reap() -> int:
    """Give back the jobs whose worker is gone; return how many. They were tried once more."""
    lost = Job.objects.across().filter(state=Job.State.RUNNING, lease_until__lt=clock.now())
    dead = lost.filter(tries__gte=F("limit"))
    words = "The worker that ran this job died."
    now = clock.now()
    gone = dead.update(state=Job.State.FAILED, error=words, finished_at=now)
    return gone + lost.update(state=Job.State.WAITING, run_at=now, worker="", error=words)


def _run(row: Job) -> None:
    token, stop = _current.set(row), Event()
    heart = Thread(target=_beat, args=(row.pk, stop), daemon=True)
    heart.start()
    try:
        jobs[row.name](**row.arguments)
    except Exception as error:
        log.warning("job %s failed: %r", row.name, error)
        _failed(row, error)
    else:
        mine = Job.objects.filter(pk=row.pk, state=Job.State.RUNNING)
        mine.update(state=Job.State.DONE, finished_at=clock.now(), error="", lease_until=None)
    finally:
        stop.set()
        _current.reset(token)


def _failed(row: Job, error: Exception) -> None:
    words = "".join(traceback.format_exception(error))[-8000:]
    mine = Job.objects.filter(pk=row.pk, state=Job.State.RUNNING)
    if row.tries >= row.limit:
        mine.update(state=Job.State.FAILED, error=words, finished_at=clock.now(), lease_until=None)
        return
    seconds = DELAYS[min(row.tries, len(DELAYS)) - 1] * random.uniform(0.8, 1.2)
    again = clock.now() + timedelta(seconds=seconds)
    mine.update(state=Job.State.WAITING, error=words, run_at=again, worker="", lease_until=None)


def _beat(pk: object, stop: Event) -> None:
    """Renew the lease while the job runs."""
    while not stop.wait(HEARTBEAT_SECONDS):
        lease = clock.now() + LEASE
        Job.objects.across().filter(pk=pk, state=Job.State.RUNNING).update(lease_until=lease)
    close_old_connections()
    connection.close()


def worker_name() -> str:
    return f"{socket.gethostname()[:40]}-{os.getpid()}"
