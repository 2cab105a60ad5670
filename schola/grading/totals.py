"""The course total. The engine judges; this brings it the facts."""

from collections.abc import Iterable
from decimal import Decimal

from schola.grading.models import Fact
from schola.grading.scheme import CourseScheme

PLACES = Decimal("0.00000001")


def total(scheme: CourseScheme, facts: Iterable[Fact]) -> tuple[Decimal, Decimal, Decimal | None]:
    """Return earned and possible points and earned ÷ possible over what has been graded.

    Items without a grade and excused ones do not count; the fraction is None if nothing does.
    """
    earned = possible = Decimal(0)
    for fact in facts:
        item = scheme.by_id.get(fact.item_id)
        points = fact.raw if fact.override is None else fact.override
        if item is None or points is None or fact.state == Fact.State.EXCUSED:
            continue
        earned += points
        possible += item.maximum
    return earned, possible, (earned / possible).quantize(PLACES) if possible else None
