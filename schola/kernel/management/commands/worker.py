"""`schola worker`: run jobs, keep the schedules, give back what a dead worker had."""

import logging
import os
import signal
import time
from threading import Event, Thread
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection

from schola.kernel import clock
from schola.kernel.audit.chain import chain_all
from schola.kernel.jobs.apart import kill_children
from schola.kernel.jobs.bell import wait_for_writes
from schola.kernel.jobs.schedules import enqueue_due
from schola.kernel.jobs.worker import give_back, give_back_of_dead, reap, run_one, worker_name
from schola.kernel.signals import prune

TICK_SECONDS = 1
HOUSEKEEPING_TICKS = 5
GRACE_SECONDS = 20  # how long a stopping worker lets its jobs go on

log = logging.getLogger("schola.jobs")


class Command(BaseCommand):
    help = "Run jobs until told to stop."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--threads", type=int, default=1)
        parser.add_argument("--grace", type=int, default=GRACE_SECONDS)

    def handle(self, *args: Any, **options: Any) -> None:
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        clock.measure()
        give_back_of_dead()
        names = [f"{worker_name()}-{n}" for n in range(options["threads"])]
        threads = {name: _start(stop, name, "default") for name in names}
        media = f"{worker_name()}-media"
        threads[media] = _start(stop, media, "media")
        ticks = 0
        while not stop.wait(TICK_SECONDS):
            _keep_house(ticks)
            ticks += 1
        _end(threads, options["grace"])


def _start(stop: Event, name: str, lane: str) -> Thread:
    thread = Thread(target=_work, args=(stop, name, lane), daemon=True)
    thread.start()
    return thread


def _work(stop: Event, name: str, lane: str) -> None:
    while not stop.is_set():
        try:
            if not run_one(name, (lane,), apart=lane == "media"):
                wait_for_writes(stop)
        except Exception:  # a database that is away comes back; the worker stays
            log.exception("worker")
            close_old_connections()
            stop.wait(2)
    connection.close()


def _keep_house(ticks: int) -> None:
    try:
        chain_all()
        if ticks % HOUSEKEEPING_TICKS == 0:
            reap()
            enqueue_due()
            prune()
            clock.measure()
    except Exception:
        log.exception("housekeeping")
        close_old_connections()


def _end(threads: dict[str, Thread], grace: float) -> None:
    """Wait for the jobs; give back what is not done when the grace is over, and go."""
    until = time.monotonic() + grace
    for thread in threads.values():
        thread.join(max(0, until - time.monotonic()))
    late = [name for name, thread in threads.items() if thread.is_alive()]
    if late:
        log.warning("gave back %s jobs", give_back(late))
        kill_children()
        connection.close()
        os._exit(
            0
        )  # a thread cannot be stopped from outside; its lease is gone, so it can do no harm
