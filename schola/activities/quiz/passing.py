"""Whether a quiz is passed, and where its learner goes on."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from schola.courses.models import Activity
from schola.courses.structure import structure_of
from schola.records.models import Attempt

Grade = tuple[Decimal, Decimal]
LEAST = 0.6  # of the points, in [0, 1], where the rule names no other


def has_passed(attempt: Attempt, rule: Mapping[str, Any]) -> bool:
    """Tell whether an attempt that was handed in has the points for which the rule asks.

    False where nothing has to be passed.
    """
    return rule.get("when") == "passed" and (attempt.fraction or 0) >= rule.get("fraction", LEAST)


def may_try_again(
    attempt: Attempt, activity: Activity, grade: Grade | None, most: int | None
) -> bool:
    """Tell whether the quiz is not passed yet, by the grade that counts, and an attempt is left.

    grade  (points, most there can be), as in the course; None: there is none
    most   how many attempts there are; None: any number
    At most one query.
    """
    if activity.rule.get("when") != "passed":
        return False
    needed = Decimal(str(activity.rule.get("fraction", LEAST)))
    if grade and grade[0] >= needed * grade[1]:
        return False
    mine = Attempt.objects.filter(seat_id=attempt.seat_id, activity_id=activity.pk)
    return most is None or mine.count() < most


def next_step(activity: Activity) -> str:
    """Return where the step after this one is, or the outline after the last, as a path."""
    course = activity.course
    _before, after = structure_of(course).neighbours(activity.pk)
    return f"/courses/{course.slug}/{after.key}" if after else f"/courses/{course.slug}"
