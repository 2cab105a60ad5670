"""Putting jobs into the table."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from schola.kernel import clock
from schola.kernel.models import Job

jobs: dict[str, "JobTask"] = {}


@dataclass(frozen=True)
class JobTask:
    """A function that runs as a job. Its arguments are JSON: ids, text, numbers.

    label    what it does, in words for the page of jobs
    tries    how often it is tried in all before it becomes a dead letter
    seconds  how long one try may take (jobs of the lane "media")
    """

    function: Callable[..., None]
    name: str
    label: Any = ""
    tries: int = 5
    lane: str = "default"
    priority: int = 0
    seconds: int = 3600

    def __call__(self, **arguments: Any) -> None:
        self.function(**arguments)

    def enqueue(self, **arguments: Any) -> Job:
        """Enqueue it in the caller's transaction."""
        return enqueue_many(self, [arguments])[0]

    def enqueue_once(self, key: str, **arguments: Any) -> None:
        """Enqueue it unless one of this key is waiting or running. Safe to race."""
        enqueue_many(self, [arguments], unique_key=f"{self.name}:{key}")

    def enqueue_at(self, moment: datetime, **arguments: Any) -> Job:
        """Enqueue it to run at this moment or soon after."""
        return enqueue_many(self, [arguments], run_at=moment)[0]

    def enqueue_after(self, delay: timedelta, **arguments: Any) -> Job:
        return self.enqueue_at(clock.now() + delay, **arguments)


def job(**options: Any) -> Callable[[Callable[..., None]], JobTask]:
    """Make a function a job. Options: label, tries, lane, priority, seconds."""

    def make(function: Callable[..., None]) -> JobTask:
        name = f"{function.__module__.removeprefix('schola.')}.{function.__name__}"
        jobs[name] = JobTask(function, name, **options)
        return jobs[name]

    return make


def label_of(name: str) -> str:
    """Return in words what a job does; its name if this version does not know it."""
    return str(jobs[name].label or name) if name in jobs else name


def enqueue_many(
    task: JobTask, arguments: Iterable[dict[str, Any]], unique_key: str = "", **fields: Any
) -> list[Job]:
    """Enqueue one job for each set of arguments with one insert. Returns the rows.

    fields  run_at, lane, priority, where they are not those of the task
    """
    now = clock.now()
    rows = [
        Job(
            name=task.name,
            arguments=json.loads(json.dumps(each)),
            lane=fields.get("lane", task.lane),
            priority=fields.get("priority", task.priority),
            limit=task.tries,
            run_at=fields.get("run_at", now),
            made_at=now,
            unique_key=unique_key,
        )
        for each in arguments
    ]
    if rows:
        Job.objects.bulk_create(rows, batch_size=500, ignore_conflicts=bool(unique_key))
    return rows
