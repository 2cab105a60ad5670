"""From finished activities and grades to a completed course and its certificate."""

from datetime import datetime
from decimal import Decimal

from schola.completion.conditions import is_complete
from schola.completion.events import CourseCompleted
from schola.completion.models import Completion
from schola.courses.structure import ActivityFacts
from schola.grading.actions import Grades
from schola.grading.events import GradeChanged
from schola.records.actions import asks_for_a_grade, finish_activity, reopen_activity
from schola.records.events import ActivityFinished, ActivityReopened
from schola.records.standing import Standing, Steps, standing, upsert


class Completed:
    """The part of `completion` in a standing: whether the course is completed."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        rows = Completion.objects.filter(seat_id=standing.seat.pk)
        self.row = rows.first() or Completion(seat_id=standing.seat.pk)
        self._changed = False

    def settle(self, complete: bool, fraction: Decimal | None, at: datetime) -> bool:
        """Set whether the course is completed; tell whether it is so for the first time now."""
        newly = complete and self.row.completed_at is None
        if newly:
            self.row.completed_at, self.row.fraction = at, fraction
            self.row.save()
        elif not complete and self.row.completed_at is not None:
            self.row.completed_at, self._changed = None, True
        return newly

    def save(self) -> None:
        if self._changed:
            upsert(Completion, [self.row], ("seat",), ("completed_at", "fraction"))


def settle_activity(event: GradeChanged, standing: Standing) -> None:
    """Finish an activity whose rule asks for a grade, or open it again if the grade fell."""
    activity = standing.activity(event.activity_id)
    if activity is None or not asks_for_a_grade(activity):
        return
    if is_good_enough(standing, activity):
        finish_activity(standing, activity.id)
    else:
        reopen_activity(standing, activity.id)


def is_good_enough(here: Standing, activity: ActivityFacts) -> bool:
    """Tell whether the learner's grade in an activity is what its rule asks for."""
    fraction = here.part(Grades).fraction(activity.id)
    return fraction is not None and fraction >= needed(activity)


def needed(activity: ActivityFacts) -> float:
    """Return the grade that the activity's rule asks for, in [0, 1]."""
    return activity.rule.get("fraction", 0.6)


def settle_course(
    event: ActivityFinished | ActivityReopened | GradeChanged, standing: Standing
) -> None:
    """Complete the course once nothing is missing; open it again when something is."""
    settle(standing)


def settle(here: Standing, at: datetime | None = None) -> None:
    """Weigh the conditions of the course. Safe to repeat. at: since when they are met, not now."""

    def total() -> Decimal | None:
        return here.part(Grades).total().fraction

    finished = here.part(Steps).finished
    complete = is_complete(here.seat.course, here.structure, finished, total)
    fraction = total() if complete else None
    if here.part(Completed).settle(complete, fraction, at or here.now):
        here.emit(
            CourseCompleted(
                seat_id=here.seat.pk,
                course_id=here.seat.course_id,
                person_id=here.seat.person_id,
            )
        )


def settle_seat(seat_id: int) -> None:
    """Weigh the conditions of a course for one learner anew, after the course has changed."""
    with standing(seat_id) as here:
        settle(here)
