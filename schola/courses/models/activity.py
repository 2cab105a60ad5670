"""Activities and their versions."""

from typing import Any

from django.db import models
from django.db.models import Q

from schola.courses.models.course import COURSE, Course, Module
from schola.kernel.ids import item_key
from schola.kernel.pii import not_personal
from schola.kernel.rows import Rows
from schola.kernel.sql import fetch
from schola.kernel.tenants import Owned, current_organization


@not_personal("key", "kind", "prerequisites", "rule", "title")
class Activity(Owned):
    """One thing to do in a course. `kind` names its activity type.

    points         what it is worth in the course total; 0: it is not graded
    minutes        how long it takes, as its author thinks
    rule           what finishes it: {"when": "viewed" | "time" | "score" | "passed" | "handed_in"
                   | "ticked" | "marked", "minutes": …, "fraction": …}
    prerequisites  the tree of conditions that open it; see courses.conditions
    """

    scope_paths = {"course": "course_id"}
    view_capability = "course.view"

    course = models.ForeignKey(Course, models.CASCADE, related_name="activities")
    module = models.ForeignKey(Module, models.CASCADE, related_name="activities")
    key = models.CharField(max_length=8, default=item_key)
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=160)
    position = models.PositiveIntegerField()
    points = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    required = models.BooleanField(default=True)
    rule = models.JSONField(default=dict)
    prerequisites = models.JSONField(null=True, default=None)
    due_at = models.DateTimeField(null=True, blank=True)
    draft = models.ForeignKey("ActivityVersion", models.SET_NULL, null=True, related_name="+")
    published = models.ForeignKey("ActivityVersion", models.SET_NULL, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "key"], name="one_activity_per_key"),
            models.CheckConstraint(condition=~Q(title=""), name="activity_has_a_title"),
            models.CheckConstraint(condition=Q(points__gte=0), name="activity_points_not_negative"),
        ]
        indexes = [models.Index(fields=["course", "position"], name="activities_in_order")]
        verbose_name_plural = "activities"

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"

    @classmethod
    def from_url(cls, kwargs: dict[str, Any]) -> "Activity":
        address = [current_organization(), kwargs.pop("course"), kwargs.pop("item")]
        rows = fetch(BY_ADDRESS, address)
        if not rows:
            raise cls.DoesNotExist
        width = len(ACTIVITY.fields)
        activity = ACTIVITY.read(rows[0][:width])
        activity.course = COURSE.read(rows[0][width:])
        return activity


ACTIVITY = Rows(Activity, "a")
BY_ADDRESS = f"""
SELECT {ACTIVITY.columns}, {COURSE.columns}
  FROM {Course._meta.db_table} c JOIN {Activity._meta.db_table} a ON a.course_id = c.id
 WHERE c.organization_id = %s AND c.slug = %s AND a.key = %s AND a.removed_at IS NULL
"""


@not_personal("config")
class ActivityVersion(Owned):
    """What an activity says. The draft is written to; a published version is never changed."""

    scope_paths = {"course": "activity__course_id"}
    view_capability = "course.edit"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="versions")
    n = models.PositiveIntegerField()
    config = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "n"], name="one_version_per_number"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} v{self.n}"
