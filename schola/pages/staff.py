"""What waits for staff on their home page: one query each."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Value

from schola.courses.models import Activity
from schola.enrollment.models import Enrollment
from schola.kernel import clock
from schola.kernel.models import Job
from schola.kernel.permissions import allowed, reach
from schola.people.models import Person
from schola.records.models import Attempt, Progress
from schola.records.queries import newest

AWAY = timedelta(days=7)
SHOWN = 5


@dataclass(frozen=True)
class Figures:
    """The school at a glance, over the learners of the courses that a manager may see."""

    learners: int
    active: int
    completed: int
    late: int


def to_grade(person: Person) -> list[dict[str, Any]]:
    """Return what waits for a mark, by activity, the longest waiting first."""
    waiting = newest(Attempt.objects.filter(activity__removed_at=None))
    waiting = waiting.filter(state=Attempt.State.FINISHED)
    rows = allowed(person, "grade.edit", waiting).values(
        "activity__title", "activity__key", "activity__course__title", "activity__course__slug"
    )
    counted = rows.annotate(count=Count("pk", distinct=True), oldest=Min("finished_at"))
    return list(counted.order_by("oldest"))


def away(person: Person) -> list[Enrollment]:
    """Return learners of the person's courses who have not been there for a week."""
    since = clock.now() - AWAY
    gone = Q(course_progress=None, started_at__lt=since) | Q(course_progress__last_at__lt=since)
    seats = Enrollment.objects.active().learners().filter(gone, completion__completed_at=None)
    seats = seats.filter(course__in=reach(person, "course.people").courses)
    seats = seats.exclude(course__published_at=None)
    seats = seats.select_related("person", "course", "course_progress")
    return list(seats.order_by(F("course_progress__last_at").asc(nulls_first=True), "pk")[:SHOWN])


def figures(person: Person) -> Figures | None:
    """Return the school at a glance to whoever may see everybody; None to others."""
    if not reach(person, "course.people").organization:
        return None
    now = clock.now()
    seats = Enrollment.objects.active().learners().exclude(course__published_at=None)
    done = Q(completion__completed_at__isnull=False)
    late = (Q(due_at__lt=now) | Exists(_overdue(now))) & ~done
    counts = seats.aggregate(
        learners=Count("person", distinct=True),
        active=Count("person", distinct=True, filter=Q(course_progress__last_at__gt=now - AWAY)),
        completed=Count("pk", filter=Q(completion__completed_at__gt=now - timedelta(days=30))),
        late=Count("person", distinct=True, filter=late),
    )
    return Figures(**counts)


def _overdue(now: datetime) -> QuerySet:
    """Return a query of the steps of a seat's course that are past their date and not finished."""
    finished = Progress.objects.filter(
        seat=OuterRef(OuterRef("pk")), activity=OuterRef("pk"), finished_at__isnull=False
    )
    steps = Activity.objects.filter(course=OuterRef("course"), due_at__lt=now, removed_at=None)
    return steps.exclude(published=None).exclude(Exists(finished))


def care(person: Person) -> dict[str, int] | None:
    """Return what waits for whoever runs the school, and how much of it; None to others.

    failed   background jobs that have no tries left
    invited  people who have not taken up their invitation
    """
    if not reach(person, "jobs.view").organization:
        return None
    failed = Job.objects.filter(state=Job.State.FAILED)
    invited = allowed(person, "people.edit", Person.objects.all())
    invited = invited.filter(user=None, suspended_at=None).exclude(email=None)
    return dict(_count("failed", failed).union(_count("invited", invited), all=True))


def _count(what: str, rows: QuerySet) -> QuerySet:
    """Return a query of one row, `what` and the number of rows, or of none if there are none."""
    counted = rows.order_by().annotate(what=Value(what)).values("what").annotate(number=Count("pk"))
    return counted.values_list("what", "number")
