"""Jobs: work outside of requests, at least once, in the organization that asked for it.

    @job(tries=5)
    def transcode(version_id: int) -> None: …

    transcode.enqueue(version_id=7)         in the caller's transaction, one insert

A job is called through the API that Django 6 has for tasks (DEP 14), so that another store may
take the table's place. A job may run more than once; it must not mind.
"""

from schola.kernel.jobs.backend import JobTask, enqueue_many, job, label_of
from schola.kernel.jobs.letters import discard, replay, run_now
from schola.kernel.jobs.running import LeaseLost, checkpoint, current_job, progress
from schola.kernel.jobs.schedules import every
from schola.kernel.jobs.worker import run_waiting

__all__ = [
    "JobTask",
    "LeaseLost",
    "checkpoint",
    "current_job",
    "discard",
    "enqueue_many",
    "every",
    "job",
    "label_of",
    "progress",
    "replay",
    "run_now",
    "run_waiting",
]
