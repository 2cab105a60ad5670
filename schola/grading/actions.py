"""From marked attempts to grades, and from grades to a course total."""

from decimal import Decimal

from django.db import transaction

from schola.courses.events import ActivityChanged
from schola.courses.models import Activity
from schola.grading.events import GradeChanged
from schola.grading.models import CourseGrade, Fact, GradeItem
from schola.grading.scheme import CourseScheme, Item, scheme_of
from schola.grading.totals import total
from schola.kernel import clock
from schola.records.events import AttemptScored
from schola.records.models import Attempt
from schola.records.standing import Standing, upsert


class Grades:
    """The part of `grading` in a standing: the learner's facts and total."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.scheme: CourseScheme = scheme_of(standing.seat.course)
        rows = Fact.objects.filter(seat_id=standing.seat.pk)
        self.facts = {row.item_id: row for row in rows}
        self._changed: set[int] = set()

    def set_raw(self, item: Item, raw: Decimal) -> bool:
        """Set the points of one item; tell whether that changed anything."""
        fact = self.facts.get(item.id)
        if fact is None:
            fact = Fact(seat_id=self.standing.seat.pk, item_id=item.id)
        elif fact.raw == raw:
            return False
        fact.raw, fact.at = raw, self.standing.now
        self.facts[item.id] = fact
        self._changed.add(item.id)
        return True

    def fraction(self, activity_id: int) -> float | None:
        """Return the learner's grade in an activity, in [0, 1]; None if there is none."""
        item = self.scheme.by_activity.get(activity_id)
        fact = self.facts.get(item.id) if item else None
        if fact is None or (fact.raw is None and fact.override is None):
            return None
        points = fact.raw if fact.override is None else fact.override
        return float(points / item.maximum)

    def total(self) -> CourseGrade:
        """Return the learner's total in the course, from the facts as they are now."""
        earned, possible, fraction = total(self.scheme, self.facts.values())
        return CourseGrade(
            seat_id=self.standing.seat.pk,
            earned=earned,
            possible=possible,
            fraction=fraction,
            at=self.standing.now,
        )

    def save(self) -> None:
        if not self._changed:
            return
        rows = [self.facts[pk] for pk in sorted(self._changed)]
        upsert(Fact, rows, ("seat", "item"), ("raw", "state", "override", "reason", "at"))
        fields = ("earned", "possible", "fraction", "at")
        upsert(CourseGrade, [self.total()], ("seat",), fields)


def take_score(event: AttemptScored, standing: Standing) -> None:
    """Turn the marked attempts of an activity into the learner's grade."""
    grades = standing.part(Grades)
    item = grades.scheme.by_activity.get(event.activity_id)
    if item is None:
        return
    if grades.set_raw(item, _points(standing.attempts(event.activity_id), item)):
        standing.emit(GradeChanged(seat_id=event.seat_id, activity_id=event.activity_id))


def _points(attempts: list[Attempt], item: Item) -> Decimal:
    points = [
        each.earned / each.possible * item.maximum if each.possible else Decimal(0)
        for each in attempts
        if each.state == Attempt.State.MARKED
    ]
    match item.policy:
        case "last":
            chosen = points[-1]
        case "first":
            chosen = points[0]
        case "average":
            chosen = sum(points, Decimal(0)) / len(points)
        case _:
            chosen = max(points)
    return chosen.quantize(Decimal("0.000001"))


@transaction.atomic
def keep_item(event: ActivityChanged) -> None:
    """Keep the column of an activity as the activity says: points, name, gone or not."""
    activity = Activity.objects.get(pk=event.activity_id)
    items = GradeItem.objects.filter(course_id=event.course_id, key=activity.key)
    if activity.points <= 0 or activity.removed_at:
        items.update(removed_at=clock.now())
        return
    GradeItem.objects.update_or_create(
        course_id=event.course_id,
        key=activity.key,
        defaults={
            "activity": activity,
            "name": activity.title,
            "maximum": activity.points,
            "removed_at": None,
        },
    )
