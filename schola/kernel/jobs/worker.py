"""Taking jobs from the table and running them, at least once."""

import logging
import os
import random
import socket
import time
import traceback
from datetime import timedelta
from threading import Event, Thread

from django.db import close_old_connections, connection, transaction
from django.db.models import F

from schola.kernel import clock
from schola.kernel.jobs.apart import run_in_child
from schola.kernel.jobs.backend import jobs
from schola.kernel.jobs.running import _current, held
from schola.kernel.models import Job
from schola.kernel.tenants import acting_in, everywhere

LEASE = timedelta(seconds=30)
HEARTBEAT_SECONDS = 8
DELAYS = (2, 15, 60, 600, 3600, 6 * 3600)  # seconds before the second, third, … try
LOST_TIMES = 4  # so many more tries has a job whose workers died: it is rarely the job's fault
KEPT = timedelta(days=7)  # how long what is done can still be read

log = logging.getLogger("schola.jobs")


def run_waiting(limit: int = 1000) -> int:
    """Run what is due, in this thread, until nothing is left; return how many ran. For tests."""
    ran = 0
    while ran < limit and run_one("here"):
        ran += 1
    return ran


def run_one(
    worker: str, lanes: tuple[str, ...] = ("default", "media"), *, apart: bool = False
) -> bool:
    """Take one due job and run it, in a process of its own if `apart`. False if none was due."""
    row = claim(worker, lanes)
    if row is None:
        return False
    with acting_in(row.organization_id), _Heart(row):
        if apart:
            fail(row, run_in_child(row))  # changes nothing if the child itself has ended the job
        else:
            run_taken(row)
    return True


@everywhere()
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


def run_taken(row: Job) -> None:
    """Run a job that this worker has taken, in this thread, and write down how it ended."""
    token = _current.set(row)
    try:
        if row.name not in jobs:
            raise LookupError(f"This version knows no job {row.name!r}. Was its app removed?")
        jobs[row.name](**row.arguments)
    except Exception as error:
        log.warning("job %s failed: %r", row.name, error)
        fail(row, "".join(traceback.format_exception(error)))
    else:
        held(row).update(state=Job.State.DONE, finished_at=clock.now(), error="", lease_until=None)
    finally:
        _current.reset(token)


def fail(row: Job, words: str) -> None:
    """Write down that this try failed: again after a while, or a dead letter."""
    words = words.replace("\0", "")[-8000:]
    if row.tries >= row.limit:
        end = {"state": Job.State.FAILED, "finished_at": clock.now()}
    else:
        seconds = DELAYS[min(row.tries, len(DELAYS)) - 1] * random.uniform(0.8, 1.2)
        again = clock.now() + timedelta(seconds=seconds)
        end = {"state": Job.State.WAITING, "run_at": again, "worker": ""}
    held(row).update(**end, error=words, lease_until=None)


@everywhere()
def reap() -> int:
    """Give back the jobs whose worker is gone; return how many. They were tried once more."""
    lost = Job.objects.across().filter(state=Job.State.RUNNING, lease_until__lt=clock.now())
    if not lost.exists():  # a look costs no write lock
        return 0
    words = "The worker that ran this job died, or the job took longer than it may."
    now = clock.now()
    dead = lost.filter(tries__gte=LOST_TIMES * F("limit"))
    gone = dead.update(state=Job.State.FAILED, error=words, finished_at=now, lease_until=None)
    return gone + lost.update(state=Job.State.WAITING, run_at=now, worker="", error=words)


@everywhere()
def give_back(workers: list[str]) -> int:
    """Return what these workers, which stop now, have not finished; the try does not count."""
    left = Job.objects.across().filter(state=Job.State.RUNNING, worker__in=workers)
    return left.update(state=Job.State.WAITING, run_at=clock.now(), worker="", tries=F("tries") - 1)


@everywhere()
def give_back_of_dead() -> int:
    """Return at once what workers of this host had that are no longer there; return how many.

    For a worker that starts, before it takes a job: so what has its own name is a predecessor's.
    The try counts, as with `reap`. A worker of another machine of the same name, should there be
    one, loses its lease and repeats the job.
    """
    running = Job.objects.across().filter(state=Job.State.RUNNING)
    here = running.filter(worker__startswith=f"{_host()}-").values_list("worker", flat=True)
    dead = [name for name in here.distinct() if _is_dead(name)]
    if not dead:
        return 0
    return running.filter(worker__in=dead).update(lease_until=clock.now() - LEASE) and reap()


def _is_dead(name: str) -> bool:
    """Tell whether the process of this name, on this host, is gone."""
    number = name.removeprefix(f"{_host()}-").partition("-")[0]
    if not number.isdecimal() or int(number) == os.getpid():
        return number.isdecimal()
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # it is there, and somebody else's
        return False
    return False


@everywhere()
def forget_done() -> int:
    """Delete what was done or discarded a week ago, 500 rows at a time. Dead letters stay."""
    over = Job.objects.across().filter(
        state__in=[Job.State.DONE, Job.State.DISCARDED], finished_at__lt=clock.now() - KEPT
    )
    forgotten = 0
    while keys := list(over.values_list("pk", flat=True)[:500]):
        forgotten += over.filter(pk__in=keys).delete()[0]
    return forgotten


def worker_name() -> str:
    """Return a name that no other running worker has."""
    return f"{_host()}-{os.getpid()}"


def _host() -> str:
    return socket.gethostname()[:40]


class _Heart:
    """Renews the lease while a job runs, at most as long as one try may take."""

    def __init__(self, row: Job) -> None:
        self.row, self.stop = row, Event()
        self.seconds = jobs[row.name].seconds if row.name in jobs else 0
        self.thread = Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.stop.set()

    def _beat(self) -> None:
        until = time.monotonic() + self.seconds
        try:
            while not self.stop.wait(HEARTBEAT_SECONDS) and time.monotonic() < until:
                self._renew()
        finally:
            connection.close()

    def _renew(self) -> None:
        try:
            with acting_in(self.row.organization_id):
                held(self.row).update(lease_until=clock.now() + LEASE)
        except Exception:  # a database that is away comes back, perhaps before the lease is over
            log.exception("heartbeat")
            close_old_connections()
