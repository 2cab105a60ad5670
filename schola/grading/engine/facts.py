"""What is known of one learner in one item."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from schola.grading.engine.late import LatePolicy, deduction
from schola.grading.engine.scheme import AttemptPolicy, Item


@dataclass(frozen=True)
class Score:
    """points  as marked, before anything is taken off for being late"""

    points: Decimal
    late_seconds: int = 0


@dataclass(frozen=True)
class Fact:
    """scores    one per marked attempt, in order of time
    override  points that replace everything else, late or not
    excused   the item does not count for this learner
    missing   due and not handed in
    """

    scores: tuple[Score, ...] = ()
    override: Decimal | None = None
    excused: bool = False
    missing: bool = False

    @classmethod
    def of(cls, points: Decimal | int | str) -> "Fact":
        return cls(scores=(Score(Decimal(points)),))


NOTHING = Fact()


@dataclass(frozen=True)
class Earned:
    """points: None if there is no grade yet. source: override, missing or the policy's name."""

    points: Fraction | None
    source: str = ""
    taken_off: Fraction = Fraction(0)


def earned(
    item: Item, fact: Fact, late: LatePolicy, missing_fraction: Decimal | None = None
) -> Earned:
    """Return what the item earns: override, else attempts by the policy, else the missing rule."""
    if fact.override is not None:
        return Earned(Fraction(fact.override), "override")
    if fact.scores:
        return _by_policy(item, fact.scores, late)
    if fact.missing and missing_fraction is not None:
        reach = Fraction(item.maximum - item.minimum)
        return Earned(Fraction(item.minimum) + reach * Fraction(missing_fraction), "missing")
    return Earned(None)


def _by_policy(item: Item, scores: tuple[Score, ...], late: LatePolicy) -> Earned:
    after = [(_taken_off(item, score, late), Fraction(score.points)) for score in scores]
    nets = [points - taken for taken, points in after]
    if item.policy == "average":
        taken = sum((taken for taken, _ in after), Fraction(0)) / len(after)
        return Earned(sum(nets, Fraction(0)) / len(nets), "average", taken)
    index = _picked(item.policy, nets)
    return Earned(nets[index], item.policy, after[index][0])


def _picked(policy: AttemptPolicy, nets: list[Fraction]) -> int:
    if policy == "first":
        return 0
    if policy == "last":
        return len(nets) - 1
    return max(range(len(nets)), key=nets.__getitem__)


def _taken_off(item: Item, score: Score, late: LatePolicy) -> Fraction:
    if not score.late_seconds:
        return Fraction(0)
    return deduction(late, score.points, item.maximum, score.late_seconds)
