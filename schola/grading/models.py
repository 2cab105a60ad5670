"""The gradebook: what counts, and what each learner has."""

from django.db import models
from django.db.models import Q

from schola.courses.models import Activity, Course
from schola.enrollment.models import Enrollment
from schola.kernel.pii import not_personal, personal
from schola.kernel.tenants import Owned


@not_personal("key", "name", "source")
class GradeItem(Owned):
    """A column of the gradebook. An activity may have several; a column may have no activity.

    policy  which of several attempts counts
    """

    class Policy(models.TextChoices):
        BEST = "best"
        LAST = "last"
        FIRST = "first"
        AVERAGE = "average"

    scope_paths = {"course": "course_id"}
    view_capability = "course.people"

    course = models.ForeignKey(Course, models.CASCADE, related_name="grade_items")
    activity = models.ForeignKey(Activity, models.CASCADE, null=True, related_name="grade_items")
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=160)
    source = models.CharField(max_length=20, default="activity")
    maximum = models.DecimalField(max_digits=14, decimal_places=6)
    policy = models.CharField(max_length=8, choices=Policy, default=Policy.BEST)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "key"], name="one_grade_item_per_key"),
            models.CheckConstraint(condition=Q(maximum__gt=0), name="grade_item_maximum_positive"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.key}"


@personal(reason="opinion")
class Fact(Owned):
    """What one learner has in one item: the exact points, and what a person decided about them."""

    class State(models.TextChoices):
        GRADED = "graded"
        EXCUSED = "excused"

    scope_paths = {"course": "item__course_id", "person": "seat__person_id"}
    view_capability = "course.people"

    seat = models.ForeignKey(Enrollment, models.CASCADE, related_name="facts")
    item = models.ForeignKey(GradeItem, models.CASCADE, related_name="facts")
    raw = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    state = models.CharField(max_length=8, choices=State, default=State.GRADED)
    override = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    reason = models.CharField(max_length=300, default="", blank=True)
    revision = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "item"], name="one_fact_per_cell"),
        ]
        indexes = [models.Index(fields=["item"], name="facts_of_an_item")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CourseGrade(Owned):
    """A learner's total in a course, as last settled. Derived from the facts.

    fraction  earned of possible in [0, 1] over what has been graded; None: nothing yet
    """

    scope_paths = {"course": "seat__course_id", "person": "seat__person_id"}
    view_capability = "course.people"

    seat = models.OneToOneField(Enrollment, models.CASCADE, related_name="course_grade")
    earned = models.DecimalField(max_digits=14, decimal_places=6)
    possible = models.DecimalField(max_digits=14, decimal_places=6)
    fraction = models.DecimalField(max_digits=9, decimal_places=8, null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fraction=None) | Q(fraction__gte=0), name="course_grade_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
