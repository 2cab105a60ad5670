"""The course total. The engine judges; this brings it the facts."""

from collections.abc import Iterable
from decimal import Decimal

from schola.grading import engine
from schola.grading.engine.ratio import MILLION, rounded
from schola.grading.models import Fact
from schola.grading.scheme import TOTAL, CourseScheme, key_of

POINTS, PLACES = 6, 8  # decimals that are stored of points, and of a fraction


def total(scheme: CourseScheme, facts: Iterable[Fact]) -> tuple[Decimal, Decimal, Decimal | None]:
    """Return earned and possible points and the fraction of the course total, in [0, 1].

    With weighted categories the points are percent. The fraction is None if nothing counts yet.
    """
    cell = engine.settle(scheme.counting, known(scheme, facts)).total
    if cell.fraction is None:
        return Decimal(0), Decimal(0), None
    possible = Decimal(cell.maximum) / MILLION
    return rounded(cell.points, POINTS), possible, rounded(cell.fraction.value, PLACES)


def explain(scheme: CourseScheme, facts: Iterable[Fact]) -> engine.Trace:
    """Return how the total came about, as a tree."""
    return engine.explain(scheme.counting, known(scheme, facts), TOTAL)


def known(scheme: CourseScheme, facts: Iterable[Fact]) -> dict[str, engine.Fact]:
    """Return the facts as the engine takes them, by the key of their item."""
    return {key_of(fact.item_id): _fact(fact) for fact in facts if fact.item_id in scheme.by_id}


def _fact(fact: Fact) -> engine.Fact:
    scores = fact.scores or ([] if fact.raw is None else [[fact.raw, 0]])
    return engine.Fact(
        scores=tuple(engine.Score(Decimal(points), late) for points, late in scores),
        override=fact.override,
        excused=fact.state == Fact.State.EXCUSED,
    )
