"""Attempts: one go at an activity, whatever its kind."""

from typing import Any

from django.db import models
from django.db.models import Q

from schola.courses.models import Activity, ActivityVersion
from schola.enrollment.models import Enrollment
from schola.kernel.ids import uuid7
from schola.kernel.naming import names_no_files
from schola.kernel.pii import not_personal, personal
from schola.kernel.tenants import Owned


@personal(data="work", feedback="opinion")
@not_personal("policy")
@names_no_files("policy", "data", "feedback")
class Attempt(Owned):
    """One go of a learner at an activity, under the version that was published when it began.

    deadline_at  when the work should be in; closes_at  when it is taken no longer (with grace)
    policy       what was agreed at the start: time limit, shuffling, seed
    state data   what the activity type keeps of its own, such as the CMI data of a package
    earned, possible  exact points; None: not marked yet
    """

    class State(models.TextChoices):
        OPEN = "open"
        FINISHED = "finished"  # handed in, waiting for a mark
        MARKED = "marked"

    scope_paths = {"course": "activity__course_id", "person": "seat__person_id"}
    view_capability = "course.people"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    seat = models.ForeignKey(Enrollment, models.PROTECT, related_name="attempts")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="attempts")
    version = models.ForeignKey(ActivityVersion, models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    starts_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    policy = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    earned = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    possible = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    success = models.BooleanField(null=True)
    feedback = models.TextField(default="", blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "activity", "number"], name="one_attempt_per_number"
            ),
            models.UniqueConstraint(
                fields=["seat", "activity"], condition=Q(state="open"), name="one_open_attempt"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(finished_at__isnull=False),
                name="finished_attempts_say_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="marked") | Q(earned__isnull=False, possible__isnull=False),
                name="marked_attempts_have_a_score",
            ),
        ]
        indexes = [
            models.Index(fields=["activity", "state", "finished_at"], name="attempts_to_mark"),
            models.Index(
                fields=["closes_at"], condition=Q(state="open"), name="attempts_running_out"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def fraction(self) -> float | None:
        """Earned of possible points, or None if it is not marked."""
        if self.earned is None:
            return None
        return float(self.earned / self.possible) if self.possible else 0.0

    @classmethod
    def from_url(cls, kwargs: dict[str, Any]) -> "Attempt":
        return cls.objects.select_related("seat", "activity__course", "seat__person").get(
            activity__course__slug=kwargs.pop("course"),
            activity__key=kwargs.pop("item"),
            pk=kwargs.pop("attempt"),
        )
