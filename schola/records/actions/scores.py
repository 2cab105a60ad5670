"""Scores: how marked attempts are told to the floors above."""

from schola.courses.activity_types import Result
from schola.courses.structure import ActivityFacts
from schola.records.events import AttemptScored
from schola.records.models import Attempt
from schola.records.standing import Standing


def score_at_once(here: Standing, activity: ActivityFacts, result: Result) -> Attempt:
    """Keep an act that is an attempt by itself: begun, handed in and marked at this moment."""
    attempt = Attempt.objects.create(
        seat_id=here.seat.pk,
        activity_id=activity.id,
        version_id=activity.published_id,
        number=next_number(here, activity.id),
        state=Attempt.State.MARKED,
        starts_at=here.now,
        finished_at=here.now,
        earned=result.score.earned,
        possible=result.score.possible,
        success=result.success,
    )
    here.attempts(activity.id).append(attempt)
    tell_score(here, attempt)
    return attempt


def next_number(here: Standing, activity_id: int) -> int:
    """Return the number of the next attempt. The seat is locked, so nobody else takes it."""
    mine = here.attempts(activity_id)
    return mine[-1].number + 1 if mine else 1


def tell_score(here: Standing, attempt: Attempt) -> None:
    """Let the floors above weigh a marked attempt."""
    here.emit(
        AttemptScored(
            seat_id=here.seat.pk,
            activity_id=attempt.activity_id,
            earned=attempt.earned,
            possible=attempt.possible,
        )
    )
