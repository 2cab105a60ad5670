"""Deriving a learner's progress anew from what was observed."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Max, Min, Q, Sum

from schola.courses.structure import ActivityFacts
from schola.records.actions.record import TICK
from schola.records.models import Attempt, DayCount, Progress, Statement
from schola.records.standing import Standing, Steps

TICKS = ("ticked", "marked")


class Logged(NamedTuple):
    """What the log says of one activity of one learner.

    done_at    when it was first said to be done by what was done in it
    ticked_at  when it was first said to be done, by a tick too
    ticked     the last word was not that it is open
    """

    first_at: datetime
    last_at: datetime
    done_at: datetime | None
    ticked_at: datetime | None
    ticked: bool


def rebuild_steps(here: Standing) -> None:
    """Derive which activities are finished, from attempts, ticks, views and time. Safe to repeat.

    Rows of progress keep what they alone know: when an activity was seen, for how long, and who
    ticked it off. One that is lost is made from the attempts and the log of learning. Rules that
    ask for a grade are weighed by the floor that knows grades.
    """
    steps = here.part(Steps)
    here.load_attempts()
    log = _log(here)
    for activity in here.structure.activities:
        attempts, logged = here.attempts(activity.id), log.get(activity.id)
        if activity.id not in steps.rows and (attempts or logged):
            steps.rows[activity.id] = _restored(here, activity, attempts, logged)
        row = steps.rows.get(activity.id)
        if row is not None and not asks_for_a_grade(activity):
            steps.settle(row, _finished_at(activity, row, attempts, logged))


def asks_for_a_grade(activity: ActivityFacts) -> bool:
    return activity.rule.get("when") in ("score", "passed")


def _finished_at(
    activity: ActivityFacts, row: Progress, attempts: list[Attempt], logged: Logged | None
) -> datetime | None:
    """Return when the activity's rule came true; None if it is not true."""
    match activity.rule.get("when", "viewed"):
        case "viewed":
            return row.finished_at or row.first_at
        case "time":
            enough = row.seconds >= 60 * activity.rule.get("minutes", 1)
            return (row.finished_at or row.last_at) if enough else None
        case "ticked" | "marked" as word:
            said_at = row.finished_at or (logged.ticked_at if logged else None)
            return (said_at or row.last_at) if row.marks.get(word) else None
        case "handed_in":
            if handed_in := [each.finished_at for each in attempts if each.finished_at]:
                return row.finished_at or min(handed_in)
    # An attempt that is over may have failed: only what finished the activity counts.
    return row.finished_at or (logged.done_at if logged else None)


def _restored(
    here: Standing, activity: ActivityFacts, attempts: list[Attempt], logged: Logged | None
) -> Progress:
    """Return a lost row of progress, as far as attempts and the log remember it."""
    moments = [each.starts_at for each in attempts]
    moments += [each.finished_at for each in attempts if each.finished_at]
    moments += [logged.first_at, logged.last_at] if logged else []
    days = DayCount.objects.filter(seat_id=here.seat.pk, activity_id=activity.id)
    word = activity.rule.get("when")
    return Progress(
        seat_id=here.seat.pk,
        activity_id=activity.id,
        first_at=min(moments),
        last_at=max(moments),
        seconds=days.aggregate(all=Sum("seconds"))["all"] or 0,
        marks={word: True} if word in TICKS and logged and logged.ticked else {},
    )


def _log(here: Standing) -> dict[int, Logged]:
    """Return what the log says of each activity. One query."""
    done = Q(completion=True)
    by_doing = done & ~Q(response__has_key=TICK)
    open_again = Q(verb="suspended", completion=None)
    rows = Statement.objects.filter(seat_id=here.seat.pk).values("activity_id")
    found = rows.annotate(
        first=Min("at"),
        last=Max("at"),
        done=Min("at", filter=by_doing),
        first_tick=Min("at", filter=done),
        ticked=Max("at", filter=done),
        opened=Max("at", filter=open_again),
    )
    return {
        row["activity_id"]: Logged(
            row["first"],
            row["last"],
            row["done"],
            row["first_tick"],
            bool(row["ticked"]) and (not row["opened"] or row["opened"] < row["ticked"]),
        )
        for row in found.order_by("activity_id")
    }
