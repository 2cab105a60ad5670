"""The log of learning, in the form of xAPI."""

from typing import Any

from django.db import models

from schola.courses.models import Activity, ActivityVersion
from schola.enrollment.models import Enrollment
from schola.kernel.ids import uuid7
from schola.kernel.naming import names_no_files
from schola.kernel.pii import not_personal, personal
from schola.kernel.tenants import Owned
from schola.people.models import Person
from schola.records.models.attempt import Attempt


@personal(response="work")
@not_personal("verb", "source", "digest")
@names_no_files("response", "digest")
class Statement(Owned):
    """Who did what to which thing, and what came of it. Append only.

    Source: IEEE 9274.1.1 (xAPI 2.0), section 4.2.
    """

    scope_paths = {"course": "activity__course_id", "person": "actor_id"}
    view_capability = "course.people"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stored_at = models.DateTimeField()
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, models.PROTECT, related_name="statements")
    verb = models.CharField(max_length=40)
    seat = models.ForeignKey(Enrollment, models.PROTECT, null=True, related_name="statements")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="statements")
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True, related_name="statements")
    version = models.ForeignKey(ActivityVersion, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=20, default="schola")
    earned = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    possible = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    success = models.BooleanField(null=True)
    completion = models.BooleanField(null=True)
    seconds = models.FloatField(null=True)
    response = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["seat", "at"], name="statements_of_a_seat"),
            models.Index(fields=["activity", "at"], name="statements_of_an_activity"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.verb}"

    def as_xapi(self, home: str) -> dict[str, Any]:
        """Return the statement as an xAPI object; `home` is the address of the site."""
        score = {}
        if self.earned is not None and self.possible:
            scaled = float(self.earned / self.possible)
            score = {"scaled": scaled, "raw": float(self.earned), "max": float(self.possible)}
        result = {
            "score": score or None,
            "success": self.success,
            "completion": self.completion,
            "duration": None if self.seconds is None else f"PT{self.seconds:g}S",
            "extensions": {f"{home}/xapi/response": self.response} if self.response else None,
        }
        return {
            "id": str(self.pk),
            "timestamp": self.at.isoformat(),
            "stored": self.stored_at.isoformat(),
            "actor": {
                "objectType": "Agent",
                "account": {"homePage": home, "name": str(self.actor_id)},
            },
            "verb": {"id": f"http://adlnet.gov/expapi/verbs/{self.verb}"},
            "object": {
                "objectType": "Activity",
                "id": f"{home}/xapi/activities/{self.activity_id}",
            },
            "result": {name: value for name, value in result.items() if value is not None},
        }
