"""Attempts: begun, written to, handed in, marked."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from schola.courses.activity_types import Result, Score
from schola.kernel.revision import StaleRevision
from schola.records.actions.record import record_in, statement_of
from schola.records.actions.scores import next_number, tell_score
from schola.records.events import AnotherAllowed, AttemptFinished, AttemptMarked
from schola.records.models import Attempt
from schola.records.standing import Standing, standing

GRACE = timedelta(seconds=30)  # after the deadline, for slow lines; answers in it count
ANOTHER = "another"  # in the data of a marked attempt: the learner may hand in once more


def begin(
    seat_id: int,
    activity_id: int,
    *,
    limit: timedelta | None = None,
    most: int | None = None,
    policy: dict[str, Any] | None = None,
) -> Attempt:
    """Return the learner's open attempt, or begin the next one. Safe to repeat.

    limit  how long it may take; None: as long as they like
    most   how many attempts there are; None: any number
    Raises ValidationError if there is none left.
    """
    with standing(seat_id) as here:
        mine = here.attempts(activity_id)
        if mine and mine[-1].state == Attempt.State.OPEN:
            return mine[-1]
        activity = here.structure.by_id[activity_id]
        number = next_number(here, activity_id)
        if most is not None and number > most:
            raise ValidationError(_("You have used all your attempts."))
        deadline = here.now + limit if limit else None
        attempt = Attempt.objects.create(
            seat_id=seat_id,
            activity_id=activity_id,
            version_id=activity.published_id,
            number=number,
            starts_at=here.now,
            deadline_at=deadline,
            closes_at=deadline + GRACE if deadline else None,
            policy=policy or {},
        )
        started = Result(verb="attempted", attempt=attempt.pk)
        here.log(statement_of(here, activity, started))
        record_in(here, activity, started)
        return attempt


def finish(attempt_id: Any, result: Result) -> Attempt:
    """Hand the attempt in. With a score it is marked at once. A second time changes nothing."""
    seat_id = Attempt.objects.values_list("seat_id", flat=True).get(pk=attempt_id)
    with standing(seat_id) as here:
        attempt = _one(here, attempt_id)
        if attempt.state == Attempt.State.OPEN:
            close(here, attempt, replace(result, attempt=attempt.pk, finished=True))
        return attempt


class NewerAttempt(Exception):
    """The learner has handed in again since what the marker saw."""


def mark(
    attempt_id: Any,
    score: Score,
    *,
    feedback: str = "",
    revision: int | None = None,
    newest: int | None = None,
) -> Attempt:
    """Give a handed-in attempt its score, or another one.

    newest  the number of the learner's last attempt at the activity that the marker knows of
    Raises StaleRevision if the attempt has been marked since the revision that the marker saw, and
    NewerAttempt if the learner has handed in another one. Both are looked at with the seat locked.
    """
    seat_id = Attempt.objects.values_list("seat_id", flat=True).get(pk=attempt_id)
    with standing(seat_id) as here:
        attempt = _one(here, attempt_id)
        _must_be_as_seen(here, attempt, revision, newest)
        attempt.feedback = feedback
        _set_score(attempt, score)
        attempt.revision += 1
        attempt.save()
        tell_score(here, attempt)
        here.emit(
            AttemptMarked(
                seat_id=seat_id,
                activity_id=attempt.activity_id,
                attempt_id=str(attempt.pk),
                points=f"{score.earned:f}",
                most=f"{score.possible:f}",
            )
        )
        if activity := here.activity(attempt.activity_id):
            scored = Result(verb="scored", score=score, attempt=attempt.pk)
            here.log(statement_of(here, activity, scored))
        return attempt


def allow_another(attempt_id: Any) -> Attempt:
    """Let the learner hand in once more after this attempt. Safe to repeat.

    Raises ValidationError if it is not marked, or not their last.
    """
    seat_id = Attempt.objects.values_list("seat_id", flat=True).get(pk=attempt_id)
    with standing(seat_id) as here:
        attempt = _one(here, attempt_id)
        last = here.attempts(attempt.activity_id)[-1]
        if attempt is not last or attempt.state != Attempt.State.MARKED:
            raise ValidationError(_("Only after the newest work, when it is marked."))
        if not attempt.data.get(ANOTHER):
            attempt.data = {**attempt.data, ANOTHER: True}
            attempt.save(update_fields=["data"])
            here.emit(
                AnotherAllowed(
                    seat_id=seat_id, activity_id=attempt.activity_id, attempt_id=str(attempt.pk)
                )
            )
        return attempt


def another_allowed(attempt: Attempt) -> bool:
    """Tell whether its learner was let hand in once more after this attempt."""
    return bool(attempt.data.get(ANOTHER))


def save_data(attempt_id: Any, data: dict[str, Any]) -> None:
    """Keep what the activity type stores in an open attempt."""
    open_one = Attempt.objects.filter(pk=attempt_id, state=Attempt.State.OPEN)
    open_one.update(data=data)


def _one(here: Standing, attempt_id: Any) -> Attempt:
    activity_id = Attempt.objects.values_list("activity_id", flat=True).get(pk=attempt_id)
    mine = here.attempts(activity_id)
    return next(attempt for attempt in mine if str(attempt.pk) == str(attempt_id))


def _must_be_as_seen(
    here: Standing, attempt: Attempt, revision: int | None, newest: int | None
) -> None:
    if revision is not None and attempt.revision != revision:
        raise StaleRevision(attempt.revision)
    if attempt.state == Attempt.State.OPEN:
        raise ValidationError(_("This attempt has not been handed in yet."))
    mine = here.attempts(attempt.activity_id)
    last = max(each.number for each in mine if each.state != Attempt.State.OPEN)
    if newest is not None and last > newest:
        raise NewerAttempt


def close(here: Standing, attempt: Attempt, result: Result) -> None:
    """Hand an open attempt in, in a standing that holds it, and tell the floors above."""
    attempt.state = Attempt.State.FINISHED
    attempt.finished_at = result.at or here.now
    attempt.success = result.success
    if result.score:
        _set_score(attempt, result.score)
    attempt.save()
    here.replace_attempt(attempt)
    activity = here.activity(attempt.activity_id)
    if activity is None:
        return
    here.log(statement_of(here, activity, result))
    if result.score:
        tell_score(here, attempt)
    record_in(here, activity, result)
    here.emit(
        AttemptFinished(
            seat_id=here.seat.pk,
            activity_id=activity.id,
            attempt_id=str(attempt.pk),
            marked=result.score is not None,
        )
    )


def amend(here: Standing, attempt: Attempt, result: Result) -> None:
    """Put a handed-in attempt right, when what it came from was still open and says otherwise.

    result  without a score, the one that the attempt has stays. What is the same is not told again.
    """
    before = (attempt.earned, attempt.possible, attempt.success)
    if result.score:
        _set_score(attempt, result.score)
    attempt.success = result.success
    changed = before != (attempt.earned, attempt.possible, attempt.success)
    attempt.revision += changed
    attempt.save()
    here.replace_attempt(attempt)
    activity = here.activity(attempt.activity_id)
    if activity is None:
        return
    if changed:
        here.log(statement_of(here, activity, result))
        tell_score(here, attempt)
    record_in(here, activity, result)


def _set_score(attempt: Attempt, score: Score) -> None:
    attempt.state = Attempt.State.MARKED
    attempt.earned, attempt.possible = score.earned, score.possible
