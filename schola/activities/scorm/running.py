"""What a running package reports becomes an attempt: kept, handed in, and put right."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from schola.activities.scorm.cmi import Commit, Verdict, absorb, judge
from schola.courses.activity_types import Result, published_config
from schola.records.actions import amend, close, save_data
from schola.records.models import Attempt
from schola.records.standing import Standing, standing


def commit_words(attempt_id: UUID, commit: Commit) -> None:
    """Keep what a package reports. Safe to repeat, in any order.

    The first time it says passed, completed or failed the attempt is handed in; what it says of
    score and success afterwards puts the attempt right. Raises ValueError if it is too much.
    """
    seat_id, activity_id = Attempt.objects.values_list("seat_id", "activity_id").get(pk=attempt_id)
    with standing(seat_id) as here:
        attempt = next(each for each in here.attempts(activity_id) if each.pk == attempt_id)
        data = absorb(attempt.data, commit, here.now)
        if data is None:
            return
        attempt.data = data
        verdict = judge(data["cmi"], _mastery(attempt))
        if verdict is None and attempt.state == Attempt.State.OPEN:
            save_data(attempt.pk, data)
        else:
            _settle(here, attempt, verdict)


def _settle(here: Standing, attempt: Attempt, verdict: Verdict | None) -> None:
    result = _result(here, attempt, verdict)
    if attempt.state == Attempt.State.OPEN:
        close(here, attempt, result)
    else:
        amend(here, attempt, result)


def _result(here: Standing, attempt: Attempt, verdict: Verdict | None) -> Result:
    """Return the verdict with the seconds that progress does not know of yet."""
    seconds = sum(attempt.data["seconds"].values())
    seconds = min(seconds, (here.now - attempt.starts_at).total_seconds())
    more = max(0.0, seconds - attempt.data.get("told", 0))
    attempt.data["told"] = attempt.data.get("told", 0) + more
    status = attempt.data["cmi"].get("cmi.core.lesson_status", "")
    said: dict[str, Any] = {"status": status}
    if raw := attempt.data["cmi"].get("cmi.core.score.raw"):
        said["raw"] = raw
    return Result(
        verb=status if verdict else "suspended",
        finished=bool(verdict and verdict.finished),
        score=verdict.score if verdict else None,
        success=verdict.success if verdict else attempt.success,
        duration=timedelta(seconds=more),
        response=said,
        attempt=attempt.pk,
    )


def _mastery(attempt: Attempt) -> str | None:
    config = published_config(attempt.version_id) if attempt.version_id else {}
    mastery = config.get("mastery")
    return None if mastery in (None, "") else str(Decimal(str(mastery)))
