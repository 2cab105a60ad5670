"""The gradebook: what counts, and what each learner has."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from schola.courses.models import Activity, Course
from schola.enrollment.models import Enrollment
from schola.kernel.naming import names_no_files
from schola.kernel.pii import not_personal, personal
from schola.kernel.tenants import Owned


class GradeScheme(Owned):
    """How the grades of a course become its total. Without a row: points earned of points possible.

    late_percent     of an item's points, taken off for each day begun after the due date
    ungraded_counts  what has no grade yet counts as nothing instead of being left out
    letters          the total is shown as a letter, too
    """

    scope_paths = {"course": "course_id"}
    view_capability = "course.people"

    course = models.OneToOneField(Course, models.CASCADE, related_name="grade_scheme")
    late_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    ungraded_counts = models.BooleanField(default=False)
    letters = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(late_percent__range=(0, 100)), name="late_percent_is_a_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


@not_personal("name")
class GradeCategory(Owned):
    """Columns that count together, such as all quizzes.

    weight       percent of the total; what all leave of 100 is that of columns without a category
    drop_lowest  so many columns are left out: those whose loss helps the learner most
    """

    scope_paths = {"course": "course_id"}
    view_capability = "course.people"

    course = models.ForeignKey(Course, models.CASCADE, related_name="grade_categories")
    name = models.CharField(max_length=80)
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    drop_lowest = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__range=(0, 100)), name="category_weight_is_a_percent"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="category_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


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
    category = models.ForeignKey(GradeCategory, models.SET_NULL, null=True, related_name="items")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "key"], name="one_grade_item_per_key"),
            models.CheckConstraint(condition=Q(maximum__gt=0), name="grade_item_maximum_positive"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.key}"


@personal(reason="opinion", scores="work")
@names_no_files("scores", "reason")
class Fact(Owned):
    """What one learner has in one item: the exact points, and what a person decided about them.

    raw     what counts of the attempts, less what being late costs
    scores  [[points, seconds late], …], one for each marked attempt in the order of time; empty if
            the points came without one
    """

    class State(models.TextChoices):
        GRADED = "graded"
        EXCUSED = "excused"

    scope_paths = {"course": "item__course_id", "person": "seat__person_id"}
    view_capability = "course.people"

    seat = models.ForeignKey(Enrollment, models.CASCADE, related_name="facts")
    item = models.ForeignKey(GradeItem, models.CASCADE, related_name="facts")
    raw = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    scores = models.JSONField(default=list)
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

    @property
    def points(self) -> Decimal | None:
        """What counts: what a person decided, else what was earned."""
        return self.raw if self.override is None else self.override


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
