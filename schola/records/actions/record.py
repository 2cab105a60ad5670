"""What a learner did becomes progress, statements, and events for the floors above."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from schola.courses.activity_types import Result
from schola.courses.structure import ActivityFacts
from schola.records.actions.scores import score_at_once
from schola.records.events import ActivityFinished, ActivityReopened
from schola.records.models import Progress, Statement
from schola.records.standing import Standing, Steps, standing

TICK = "tick"  # in the response of a statement: who ticked, "ticked" or "marked"


def record(seat_id: int, activity_id: int, result: Result) -> Progress:
    """Write down what a learner did in an activity and all that follows from it.

    Raises KeyError if the activity has been taken out of the course meanwhile.
    """
    with standing(seat_id) as here:
        activity = here.structure.by_id[activity_id]
        here.log(statement_of(here, activity, result))
        if result.score is not None and result.attempt is None:
            score_at_once(here, activity, result)
        return record_in(here, activity, result)


def record_in(
    here: Standing, activity: ActivityFacts, result: Result | None = None, **marks: Any
) -> Progress:
    """Move the learner's progress forward, and finish the activity if its rule says so.

    result  None: the activity was only seen
    marks   what else the rule may weigh, such as ticked=True
    """
    step = here.part(Steps).step(activity.id)
    step.last_at = here.now
    step.marks = step.marks | marks
    if result and result.duration:
        step.seconds += round(result.duration / timedelta(seconds=1))
    if _rule_is_met(activity, step, result):
        finish_activity(here, activity.id)
    return step


def finish_activity(here: Standing, activity_id: int) -> None:
    """Finish the activity, once."""
    step = here.part(Steps).step(activity_id)
    if step.finished_at is None:
        step.finished_at = here.now
        here.emit(ActivityFinished(seat_id=here.seat.pk, activity_id=activity_id))


def reopen_activity(here: Standing, activity_id: int) -> None:
    """Open the activity again: what had finished it is no longer true."""
    step = here.part(Steps).step(activity_id)
    if step.finished_at is not None:
        step.finished_at = None
        here.emit(ActivityReopened(seat_id=here.seat.pk, activity_id=activity_id))


def tick(seat_id: int, activity_id: int, done: bool, *, by: str = "ticked") -> None:
    """Let the learner ("ticked") or an instructor ("marked") say that it is done, or not yet.

    Raises ValidationError if the activity is finished in another way.
    """
    with standing(seat_id) as here:
        activity = here.structure.by_id[activity_id]
        if activity.rule.get("when") != by:
            raise ValidationError(_("This step is finished in another way, not by ticking it off."))
        step = record_in(here, activity, **{by: done})
        if step.finished_at and not done:
            reopen_activity(here, activity_id)
        verb = "completed" if done else "suspended"
        here.log(
            statement_of(here, activity, Result(verb=verb, finished=done, response={TICK: by}))
        )


def spend(seat_id: int, activity_id: int, seconds: int) -> Progress:
    """Add time that the activity was in front of the learner: no more than has passed since."""
    with standing(seat_id) as here:
        activity = here.structure.by_id[activity_id]
        step = here.part(Steps).step(activity_id)
        passed = (here.now - step.last_at) / timedelta(seconds=1)
        step.seconds += max(0, min(seconds, round(passed)))
        return record_in(here, activity)


def statement_of(here: Standing, activity: ActivityFacts, result: Result) -> Statement:
    """Return the result as a statement of the log."""
    score = result.score
    return Statement(
        at=result.at or here.now,
        actor_id=here.seat.person_id,
        verb=result.verb,
        seat_id=here.seat.pk,
        activity_id=activity.id,
        attempt_id=result.attempt,
        version_id=activity.published_id,
        earned=score.earned if score else None,
        possible=score.possible if score else None,
        success=result.success,
        completion=result.finished or None,
        seconds=result.duration.total_seconds() if result.duration else None,
        response=result.response,
    )


def _rule_is_met(activity: ActivityFacts, step: Progress, result: Result | None) -> bool:
    """Weigh the rules that need no grade. "score" and "passed" are weighed when the grade is."""
    match activity.rule.get("when", "viewed"):
        case "viewed":
            return True
        case "time":
            return step.seconds >= 60 * activity.rule.get("minutes", 1)
        case "handed_in" | "activity":
            return bool(result and result.finished)
        case "ticked" | "marked" as word:
            return bool(step.marks.get(word))
    return False
