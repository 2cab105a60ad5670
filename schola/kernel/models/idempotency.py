"""What was answered to a request that may come twice."""

from django.db import models

from schola.kernel.pii import not_personal, personal
from schola.kernel.tenants import Owned


@personal(body="answers to requests", location="answers to requests")
@not_personal("route", "key", "body_hash", "content_type")
class StoredAnswer(Owned):
    """The answer to one request, by the key that its sender gave it. Kept for 72 hours."""

    scope_paths = {}
    view_capability = "jobs.view"

    person_id = models.BigIntegerField()
    route = models.CharField(max_length=200)
    key = models.CharField(max_length=64)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    location = models.CharField(max_length=500, default="", blank=True)
    content_type = models.CharField(max_length=100, default="", blank=True)
    body = models.TextField(default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "person_id", "route", "key"], name="one_answer_per_key"
            ),
        ]
        indexes = [models.Index(fields=["at"], name="answers_by_age")]

    def __str__(self) -> str:
        return f"{self.route} {self.status}"
