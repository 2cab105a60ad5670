"""Courses and their modules."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from schola.kernel.ids import new_version
from schola.kernel.pii import not_personal
from schola.kernel.rows import Rows
from schola.kernel.sql import fetch
from schola.kernel.tenants import Owned, OwnedManager, OwnedQuerySet, current_organization


class CourseQuerySet(OwnedQuerySet):
    def published(self) -> Self:
        return self.exclude(published_at=None)


@not_personal("enrollment_key", "hue", "language", "slug", "summary", "title", "weave")
class Course(Owned):
    """What people enroll in: a tree of modules, each an ordered list of activities.

    version        another one after every change that a learner could see in the outline
    pass_fraction  share of the points, in [0, 1], that completing the course needs; None: none
    hue, weave     how its cover is drawn
    """

    class SelfEnrollment(models.TextChoices):
        CLOSED = "closed"
        OPEN = "open"
        KEY = "key"

    scope_paths = {"course": "pk"}
    view_capability = "course.view"

    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=160)
    summary = models.TextField(default="", blank=True, max_length=2000)
    language = models.CharField(max_length=12, default="", blank=True)
    hue = models.CharField(max_length=10, default="spruce")
    weave = models.CharField(max_length=10, default="rings")
    published_at = models.DateTimeField(null=True)
    pass_fraction = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    self_enrollment = models.CharField(
        max_length=8, choices=SelfEnrollment, default=SelfEnrollment.CLOSED
    )
    enrollment_key = models.CharField(max_length=40, default="", blank=True)
    version = models.BigIntegerField(default=new_version)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedManager.from_queryset(CourseQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "slug"], name="one_course_per_slug"),
            models.CheckConstraint(condition=~Q(title=""), name="course_has_a_title"),
            models.CheckConstraint(
                condition=Q(pass_fraction=None) | Q(pass_fraction__range=(0, 1)),
                name="course_pass_in_0_1",
            ),
            models.CheckConstraint(
                condition=~Q(self_enrollment="key") | ~Q(enrollment_key=""),
                name="enrollment_by_key_has_a_key",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.slug}"

    @classmethod
    def from_url(cls, kwargs: dict[str, Any]) -> "Course":
        rows = fetch(BY_SLUG, [current_organization(), kwargs.pop("course")])
        if not rows:
            raise cls.DoesNotExist
        return COURSE.read(rows[0])


COURSE = Rows(Course, "c")
BY_SLUG = f"""
SELECT {COURSE.columns} FROM {Course._meta.db_table} c WHERE c.organization_id = %s AND c.slug = %s
"""


@not_personal("prerequisites", "title")
class Module(Owned):
    """A chapter of a course. Modules may lie in one another.

    prerequisites  the tree of conditions that open all that lies in it; see courses.conditions
    revision       of its title
    """

    scope_paths = {"course": "course_id"}
    view_capability = "course.view"

    course = models.ForeignKey(Course, models.CASCADE, related_name="modules")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    title = models.CharField(max_length=160)
    position = models.PositiveIntegerField()
    prerequisites = models.JSONField(null=True, default=None)
    revision = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        indexes = [models.Index(fields=["course", "position"], name="modules_in_order")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="module_has_a_title"),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")), name="module_not_in_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @classmethod
    def from_url(cls, kwargs: dict[str, Any]) -> "Module":
        return cls.objects.get(course__slug=kwargs.pop("course"), pk=kwargs.pop("module"))
