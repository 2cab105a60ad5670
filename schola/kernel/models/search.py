"""What can be found by its words."""

from django.db import models

from schola.kernel.pii import not_personal, personal
from schola.kernel.tenants import Owned


@personal(title="searchable text", body="searchable text")
@not_personal("kind", "object_id", "url", "capability")
class SearchEntry(Owned):
    """One thing that can be found: its words, its address, and who may find it.

    course_id   only those who may see this course; None: not bound to a course
    capability  only those who hold it; empty: everybody in the organization
    """

    scope_paths = {"course": "course_id"}
    view_capability = "course.view"

    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    body = models.TextField(default="", blank=True)
    url = models.CharField(max_length=300)
    course_id = models.BigIntegerField(null=True)
    capability = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "object_id"], name="one_entry_per_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
