"""Bells for pages that are open: something has changed, look again."""

from django.db import models

from schola.kernel.pii import not_personal
from schola.kernel.tenants import Owned


@not_personal("channel", "data")
class Signal(Owned):
    """Something changed on a channel, such as "course-17". Kept for minutes."""

    scope_paths = {}
    view_capability = "jobs.view"

    channel = models.CharField(max_length=80)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="signals_by_age")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.channel}"
