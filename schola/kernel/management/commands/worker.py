"""`schola worker`: run jobs, keep the schedules, give back what a dead worker had."""

import logging
import signal
from threading import Event, Thread
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection

from schola.kernel import clock
from schola.kernel.jobs.schedules import enqueue_due
from schola.kernel.jobs.worker import reap, run_one, worker_name
from schola.kernel.signals import prune

POLL_SECONDS = 0.2
HOUSEKEEPING_SECONDS = 5

log = logging.getLogger("schola.jobs")


class Command(BaseCommand):
    help = "Run jobs until told to stop."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--threads", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        clock.measure()
        lanes = [("default",)] * options["threads"] + [("media",)]
        threads = [Thread(target=_work, args=(stop, lane)) for lane in lanes]
        for thread in threads:
            thread.start()
        while not stop.wait(HOUSEKEEPING_SECONDS):
            _keep_house()
        for thread in threads:
            thread.join()


def _work(stop: Event, lanes: tuple[str, ...]) -> None:
    name = f"{worker_name()}-{lanes[0]}"
    while not stop.is_set():
        try:
            if not run_one(name, lanes):
                stop.wait(POLL_SECONDS)
        except Exception:  # a database that is away comes back; the worker stays
            log.exception("worker")
            close_old_connections()
            stop.wait(2)
    connection.close()


def _keep_house() -> None:
    try:
        reap()
        enqueue_due()
        prune()
        clock.measure()
    except Exception:
        log.exception("housekeeping")
        close_old_connections()
