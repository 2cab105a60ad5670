"""How late work is: the one answer, for what is deducted and for whoever reads it."""

from datetime import datetime

from schola.grading.engine.late import intervals_begun, seconds_late
from schola.records.actions.attempts import GRACE


def late_seconds(due_at: datetime | None, finished_at: datetime | None) -> int:
    """Return the seconds after the due date; 0 within the grace, or if one of the two is None."""
    return seconds_late(due_at, finished_at, GRACE) if due_at and finished_at else 0


def late_days(due_at: datetime | None, finished_at: datetime | None) -> int:
    """Return the days begun after the due date, for which a course may deduct; 0: in time."""
    return intervals_begun(late_seconds(due_at, finished_at))
