"""Work that is done outside of requests, kept in the database with what it belongs to."""

from typing import Any

from django.db import models
from django.db.models import Q

from schola.kernel.ids import uuid7
from schola.kernel.pii import not_personal, personal
from schola.kernel.tenants import Owned


@personal(
    arguments="job arguments",
    checkpoint="job arguments",
    error="job arguments",
    note="job arguments",
)
@not_personal("name", "lane", "unique_key", "worker")
class Job(Owned):
    """One piece of work. Enqueued in the transaction that makes it necessary, run at least once.

    lane         which workers take it: "default" or "media"
    unique_key   at most one unfinished job of a key; empty: any number
    lease_until  a worker that has not renewed it by then is taken for dead
    checkpoint   what the job needs to go on where it stopped
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"  # no tries left: a dead letter, to be read and replayed
        DISCARDED = "discarded"

    scope_paths = {}
    view_capability = "jobs.view"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    arguments = models.JSONField(default=dict)
    lane = models.CharField(max_length=12, default="default")
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    run_at = models.DateTimeField()
    unique_key = models.CharField(max_length=120, default="", blank=True)
    worker = models.CharField(max_length=60, default="", blank=True)
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    limit = models.PositiveSmallIntegerField(default=5)
    error = models.TextField(default="", blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, default="", blank=True)
    checkpoint = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "unique_key"],
                condition=Q(state__in=["waiting", "running"]) & ~Q(unique_key=""),
                name="one_unfinished_job_per_key",
            ),
        ]
        indexes = [
            models.Index(
                fields=["lane", "run_at"], condition=Q(state="waiting"), name="jobs_waiting"
            ),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="jobs_running"),
            models.Index(fields=["organization", "state", "made_at"], name="jobs_to_read"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"

    @classmethod
    def from_url(cls, kwargs: dict[str, Any]) -> "Job":
        return cls.objects.get(pk=kwargs.pop("job"))


@not_personal("name")
class Schedule(models.Model):
    """When a scheduled job last ran. Belongs to the installation: it runs for each organization."""

    name = models.CharField(max_length=120, unique=True)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
