"""`schola run_job`: run one job that a worker has taken, within limits. Started by the worker."""

import os
from typing import Any

from django.core.management.base import BaseCommand

from schola.kernel.jobs.apart import NICENESS, UNKNOWN_SECONDS, limit_this_process
from schola.kernel.jobs.backend import jobs
from schola.kernel.jobs.worker import run_taken
from schola.kernel.models import Job
from schola.kernel.tenants import acting_in, everywhere


class Command(BaseCommand):
    help = "Run one job that a worker has taken, in this process. The worker starts this."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("job")
        parser.add_argument("worker")
        parser.add_argument("tries", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        with everywhere():
            row = Job.objects.across().filter(pk=options["job"], state=Job.State.RUNNING).first()
        if row is None or (row.worker, row.tries) != (options["worker"], options["tries"]):
            return
        os.nice(NICENESS)
        limit_this_process(jobs[row.name].seconds if row.name in jobs else UNKNOWN_SECONDS)
        with acting_in(row.organization_id):
            run_taken(row)
