"""Whether a quiz is passed, and where its learner goes on."""

from collections.abc import Mapping
from typing import Any

from schola.courses.models import Activity
from schola.courses.structure import structure_of
from schola.records.models import Attempt

LEAST = 0.6  # of the points, in [0, 1], where the rule names no other


def has_passed(attempt: Attempt, rule: Mapping[str, Any]) -> bool:
    """Tell whether an attempt that was handed in has the points for which the rule asks.

    False where nothing has to be passed.
    """
    return rule.get("when") == "passed" and (attempt.fraction or 0) >= rule.get("fraction", LEAST)


def may_try_again(attempt: Attempt, activity: Activity, most: int | None) -> bool:
    """Tell whether the quiz is not passed yet and an attempt is left.

    most  how many attempts there are; None: any number
    At most one query.
    """
    if activity.rule.get("when") != "passed" or has_passed(attempt, activity.rule):
        return False
    mine = Attempt.objects.filter(seat_id=attempt.seat_id, activity_id=activity.pk)
    attempts = list(mine)
    passed = any(has_passed(each, activity.rule) for each in attempts)
    return not passed and (most is None or len(attempts) < most)


def next_step(activity: Activity) -> str:
    """Return where the step after this one is, or the outline after the last, as a path."""
    course = activity.course
    _before, after = structure_of(course).neighbours(activity.pk)
    return f"/courses/{course.slug}/{after.key}" if after else f"/courses/{course.slug}"
