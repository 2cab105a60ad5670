"""From marked attempts to grades, and from grades to a course total."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction

from schola.courses.events import ActivityChanged, VersionPublished
from schola.courses.models import Activity, ActivityVersion
from schola.grading.engine.ratio import rounded
from schola.grading.events import GradeChanged, SchemeChanged
from schola.grading.lateness import late_seconds
from schola.grading.models import CourseGrade, Fact, GradeItem, GradeScheme
from schola.grading.scheme import CourseScheme, Item, scheme_of
from schola.grading.totals import POINTS, total
from schola.kernel import clock
from schola.kernel.events import emit
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
        self._total: CourseGrade | None = None

    def set_scores(self, item: Item, scores: list[list[Any]], at: datetime) -> bool:
        """Set what the attempts at an item earned; tell whether its points are others now.

        scores  [[points as text, seconds late], …] in the order of time
        """
        fact = self.facts.get(item.id)
        if fact is None:
            fact = Fact(seat_id=self.standing.seat.pk, item_id=item.id)
        earned = self.scheme.earned(item, scores)
        raw = None if earned is None else rounded(earned, POINTS)
        if (fact.raw, fact.scores) == (raw, scores):
            return False
        changed = fact.raw != raw
        fact.raw, fact.scores = raw, scores
        fact.at = at if changed else fact.at
        self.facts[item.id], self._total = fact, None
        self._changed.add(item.id)
        return changed

    def fraction(self, activity_id: int) -> float | None:
        """Return the learner's grade in an activity, in [0, 1]; None if there is none."""
        item = self.scheme.by_activity.get(activity_id)
        fact = self.facts.get(item.id) if item else None
        if fact is None or fact.points is None:
            return None
        return float(fact.points / item.maximum)

    def reached_at(self, activity_id: int, fraction: float) -> datetime | None:
        """Return when the learner first had this grade in an activity, in [0, 1]."""
        item = self.scheme.by_activity[activity_id]
        marked = [a for a in self.standing.attempts(activity_id) if a.earned is not None]
        fact = self.facts[item.id]
        for number, attempt in enumerate(marked, 1):
            earned = self.scheme.earned(item, fact.scores[:number])
            if earned is not None and float(earned / Fraction(item.maximum)) >= fraction:
                return attempt.finished_at
        return fact.at

    def total(self) -> CourseGrade:
        """Return the learner's total in the course, from the facts as they are now."""
        if self._total is None:
            earned, possible, fraction = total(self.scheme, self.facts.values())
            at = max((fact.at for fact in self.facts.values()), default=self.standing.now)
            self._total = CourseGrade(
                seat_id=self.standing.seat.pk,
                earned=earned,
                possible=possible,
                fraction=fraction,
                at=at,
            )
        return self._total

    def save(self) -> None:
        if not self._changed:
            return
        rows = [self.facts[pk] for pk in sorted(self._changed)]
        upsert(Fact, rows, ("seat", "item"), ("raw", "scores", "at"))
        self.save_total()

    def save_total(self) -> None:
        fields = ("earned", "possible", "fraction", "at")
        upsert(CourseGrade, [self.total()], ("seat",), fields)


def take_score(event: AttemptScored, standing: Standing) -> None:
    """Turn the marked attempts of an activity into the learner's grade."""
    weigh(standing, event.activity_id)


def weigh(here: Standing, activity_id: int) -> None:
    """Derive the learner's grade in an activity from their attempts. It may fall, too."""
    grades = here.part(Grades)
    item = grades.scheme.by_activity.get(activity_id)
    if item is None:
        return
    scores = _scores(here, item, here.attempts(activity_id))
    if grades.set_scores(item, scores, here.now):
        here.emit(GradeChanged(seat_id=here.seat.pk, activity_id=activity_id))


def rebuild_grades(here: Standing) -> None:
    """Derive the learner's grades and total from their attempts. Safe to repeat.

    Points that came without an attempt, overrides and what is excused are truth, and stay.
    """
    grades = here.part(Grades)
    here.load_attempts()
    for item in grades.scheme.items:
        attempts = here.attempts(item.activity_id) if item.activity_id else []
        scores = _scores(here, item, attempts)
        fact = grades.facts.get(item.id)
        if scores or (fact and fact.scores):
            moments = [each.finished_at for each in attempts if each.finished_at]
            grades.set_scores(item, scores, max(moments, default=here.now))
    if grades.facts:
        grades.save_total()


def _scores(here: Standing, item: Item, attempts: list[Attempt]) -> list[list[Any]]:
    """Return what each marked attempt earned, in points of the item, and how late it came."""
    activity = here.activity(item.activity_id)
    due_at = activity.due_at if activity else None
    scores = []
    for each in attempts:
        if each.state != Attempt.State.MARKED:
            continue
        points = each.earned / each.possible * item.maximum if each.possible else Decimal(0)
        late = late_seconds(due_at, each.finished_at)
        scores.append([f"{points.quantize(Decimal('0.000001')):f}", late])
    return scores


@transaction.atomic
def keep_item(event: ActivityChanged) -> None:
    """Keep the column of an activity as the activity says: points, name, gone or not."""
    activity = Activity.objects.get(pk=event.activity_id)
    items = GradeItem.objects.filter(course_id=event.course_id, key=activity.key)
    before = items.filter(removed_at=None).values_list("maximum", flat=True).first()
    if activity.points <= 0 or activity.removed_at:
        items.update(removed_at=clock.now())
    else:
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
    _tell_if_graded(event.course_id, items, before)


def count_published(event: VersionPublished) -> None:
    """Let the totals be settled anew if an activity that is shown now is a column of them."""
    versions = ActivityVersion.objects.filter(activity=event.activity_id)
    if versions.exclude(pk=event.version_id).exclude(published_at=None).exists():
        return
    item = GradeItem.objects.filter(activity=event.activity_id, removed_at=None).first()
    if item is None:
        return
    ungraded = GradeScheme.objects.filter(course=item.course_id, ungraded_counts=True)
    graded = CourseGrade.objects.filter(seat__course=item.course_id)
    if Fact.objects.filter(item=item).exists() or (ungraded.exists() and graded.exists()):
        emit(SchemeChanged(course_id=item.course_id))


def _tell_if_graded(course_id: int, items: Any, before: Decimal | None) -> None:
    """Let the totals be settled anew if the column is worth something else and has grades."""
    after = items.filter(removed_at=None).values_list("maximum", flat=True).first()
    if before != after and Fact.objects.filter(item__in=items).exists():
        emit(SchemeChanged(course_id=course_id))
