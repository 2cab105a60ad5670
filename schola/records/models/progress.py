"""Where a learner stands. Derived from the truth below it; `schola rebuild` makes it anew."""

from django.db import models

from schola.courses.models import Activity
from schola.enrollment.models import Enrollment
from schola.kernel.naming import names_no_files
from schola.kernel.pii import personal
from schola.kernel.tenants import Owned


@personal(marks="work")
@names_no_files("marks")
class Progress(Owned):
    """Where a learner stands in one activity. Holds no score: that is a grade's.

    seconds  time spent, as counted while the page was open and in use
    marks    what the rule weighs: {"ticked": …, "marked": …, "seen": [[from, to], …]}
    """

    scope_paths = {"course": "activity__course_id", "person": "seat__person_id"}
    view_capability = "course.people"

    seat = models.ForeignKey(Enrollment, models.CASCADE, related_name="progress")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="progress")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    seconds = models.PositiveIntegerField(default=0)
    marks = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "activity"], name="one_progress"),
        ]
        indexes = [models.Index(fields=["activity", "finished_at"], name="finishers")]

    def __str__(self) -> str:
        return f"#{self.pk} {'finished' if self.finished_at else 'open'}"


class CourseProgress(Owned):
    """Where a learner stands in a course: what its card on the home page shows."""

    scope_paths = {"course": "seat__course_id", "person": "seat__person_id"}
    view_capability = "course.people"

    seat = models.OneToOneField(Enrollment, models.CASCADE, related_name="course_progress")
    finished = models.PositiveIntegerField(default=0)
    last_activity = models.ForeignKey(Activity, models.SET_NULL, null=True, related_name="+")
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"#{self.pk} {self.finished}"


class DayCount(Owned):
    """How often and how long an activity was open on one day: views are counted, not listed."""

    scope_paths = {"course": "activity__course_id", "person": "seat__person_id"}
    view_capability = "course.people"

    seat = models.ForeignKey(Enrollment, models.CASCADE, related_name="day_counts")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="day_counts")
    date = models.DateField()
    views = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "activity", "date"], name="one_count_a_day"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.date}"
