"""What a running package reports becomes an attempt: kept, handed in, and put right."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from schola.activities.scorm.cmi import Commit, Verdict, absorb
from schola.activities.scorm.parts import (
    judge_all,
    of_part,
    openable,
    seconds_of,
    status_of,
    with_part,
)
from schola.courses.activity_types import Result, published_config
from schola.kernel.signals import announce
from schola.records.actions import amend, close, save_data
from schola.records.models import Attempt
from schola.records.queries import goes_on
from schola.records.standing import Standing, standing


class NotOpen(Exception):
    """The seat of the attempt has ended, or learners do not see the activity any more."""


def commit_words(attempt_id: UUID, commit: Commit) -> None:
    """Keep what a package reports. Safe to repeat, in any order.

    The first time it says passed, completed or failed the attempt is handed in; what it says of
    score and success afterwards puts the attempt right. Raises ValueError if it is too much, and
    NotOpen if the attempt goes on no longer.
    """
    seat_id, activity_id = Attempt.objects.values_list("seat_id", "activity_id").get(pk=attempt_id)
    with standing(seat_id) as here:
        if not goes_on(here.seat, activity_id):
            raise NotOpen
        attempt = next(each for each in here.attempts(activity_id) if each.pk == attempt_id)
        config = published_config(attempt.version_id) if attempt.version_id else {}
        before, part = attempt.data, _part(config, commit)
        new = absorb(of_part(before, part), commit, here.now)
        if new is None:
            return
        attempt.data = with_part(before, part, new)
        verdict = judge_all(config, attempt.data)
        if verdict is None and attempt.state == Attempt.State.OPEN:
            save_data(attempt.pk, attempt.data)
        else:
            _settle(here, attempt, verdict)
        if verdict or status_of(before, part) != status_of(attempt.data, part):
            announce(channel(attempt_id), {})


def channel(attempt_id: UUID) -> str:
    """Return the channel on which the page of the activity hears of an attempt."""
    return f"attempt-{attempt_id}"


def _part(config: Mapping[str, Any], commit: Commit) -> str:
    """Return the part that reports. Raises ValueError if the package has no such part."""
    parts = [each["id"] for each in openable(config)]
    if parts and commit.part not in parts:
        raise ValueError("part")
    return commit.part if parts else ""


def _settle(here: Standing, attempt: Attempt, verdict: Verdict | None) -> None:
    result = _result(here, attempt, verdict)
    if attempt.state == Attempt.State.OPEN:
        close(here, attempt, result)
    else:
        amend(here, attempt, result)


def _result(here: Standing, attempt: Attempt, verdict: Verdict | None) -> Result:
    """Return the verdict with the seconds that progress does not know of yet."""
    seconds = min(seconds_of(attempt.data), (here.now - attempt.starts_at).total_seconds())
    more = max(0.0, seconds - attempt.data.get("told", 0))
    attempt.data["told"] = attempt.data.get("told", 0) + more
    status = _status(attempt, verdict)
    said: dict[str, Any] = {"status": status}
    if raw := attempt.data.get("cmi", {}).get("cmi.core.score.raw"):
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


def _status(attempt: Attempt, verdict: Verdict | None) -> str:
    """Return the package's own word, or what its parts come to."""
    if "parts" not in attempt.data:
        return attempt.data["cmi"].get("cmi.core.lesson_status", "")
    if verdict is None:
        return "incomplete"
    return {True: "passed", False: "failed", None: "completed"}[verdict.success]
