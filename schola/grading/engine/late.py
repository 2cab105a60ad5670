"""What being late costs. Lateness is measured in elapsed seconds on the UTC line."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


@dataclass(frozen=True)
class LatePolicy:
    """percent           of the possible points, taken off for each interval begun
    interval_seconds  86,400 for a day, 3,600 for an hour
    floor_percent     lateness alone never takes a score below this
    """

    percent: Decimal = Decimal(0)
    interval_seconds: int = 86_400
    floor_percent: Decimal = Decimal(0)


def deduction(
    policy: LatePolicy, points: Decimal, possible: Decimal, late_seconds: int
) -> Fraction:
    """Return the points to take off: possible * min(rate * intervals, score% - floor) / 100.

    A score that is already below the floor loses nothing.
    """
    rate = Fraction(policy.percent) * intervals_begun(late_seconds, policy.interval_seconds)
    room = Fraction(points) * 100 / Fraction(possible) - Fraction(policy.floor_percent)
    return Fraction(possible) * min(rate, max(room, Fraction(0))) / 100


def intervals_begun(late_seconds: int, interval_seconds: int = 86_400) -> int:
    """Return for how many days, or other intervals, lateness is deducted: begun ones count."""
    return max(-(-late_seconds // interval_seconds), 0)


def missing_points(possible: Decimal, percent: Decimal, *, pass_or_fail: bool = False) -> Decimal:
    """Return what work never handed in earns: nothing where one can only pass or fail."""
    return Decimal(0) if pass_or_fail else possible * (100 - percent) / 100


def effective_due(due_local: datetime, zone: ZoneInfo, extension_days: int = 0) -> datetime:
    """Return the due moment in UTC. An extension in days keeps the time on the clock.

    A time that the clock shows twice means the first one.
    """
    local = (due_local + extension_days * DAY).replace(tzinfo=zone, fold=0)
    return local.astimezone(UTC)


def seconds_late(due_at: datetime, submitted_at: datetime, grace: timedelta) -> int:
    """Return 0 within the grace, else all the seconds since the due moment, begun ones counted."""
    late = submitted_at - due_at
    return 0 if late <= grace else -(-late // timedelta(seconds=1))


def days_late(due_at: datetime, submitted_at: datetime, zone: ZoneInfo) -> int:
    """Return the days begun on the wall clock of the zone: a day of 23 or 25 hours is one day."""
    if submitted_at <= due_at:
        return 0
    local = submitted_at.astimezone(zone).replace(tzinfo=None)
    wall = local - due_at.astimezone(zone).replace(tzinfo=None)
    return max(1, -(-wall // DAY))
