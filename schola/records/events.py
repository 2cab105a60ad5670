"""What learners did. Their handlers get the standing in which it happened as a second argument."""

from dataclasses import dataclass
from decimal import Decimal

from schola.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class AttemptScored(Event, name="attempt.scored"):
    """The attempts of an activity were marked, or marked anew."""

    seat_id: int
    activity_id: int
    earned: Decimal
    possible: Decimal


@dataclass(frozen=True, kw_only=True)
class AttemptFinished(Event, name="attempt.finished"):
    """An attempt was handed in. marked: its score is known already."""

    seat_id: int
    activity_id: int
    attempt_id: str
    marked: bool


@dataclass(frozen=True, kw_only=True)
class ActivityFinished(Event, name="activity.finished"):
    seat_id: int
    activity_id: int


@dataclass(frozen=True, kw_only=True)
class ActivityReopened(Event, name="activity.reopened"):
    """What had finished the activity is no longer true."""

    seat_id: int
    activity_id: int


@dataclass(frozen=True, kw_only=True)
class AnotherAllowed(Event, name="attempt.another-allowed"):
    """After a marked attempt, its learner may hand in once more."""

    seat_id: int
    activity_id: int
    attempt_id: str


@dataclass(frozen=True, kw_only=True)
class AttemptMarked(Event, name="attempt.marked"):
    """A person has marked an attempt. points, most: exact, as text; who shows them rounds."""

    seat_id: int
    activity_id: int
    attempt_id: str
    points: str
    most: str
