"""From facts to cells: every grade of one learner, in one walk from the leaves to the root."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Literal

from schola.grading.engine.dropping import Candidate, dropped
from schola.grading.engine.facts import NOTHING, Fact, earned
from schola.grading.engine.methods import shares
from schola.grading.engine.ratio import MILLION, Ratio, ratio, rounded
from schola.grading.engine.scheme import Category, Item, Scheme

NO_SHARE = Ratio(0, 1)
NOTHING_OFF = Fraction(0)

State = Literal["used", "extra", "dropped", "excused", "empty", "unweighted"]


@dataclass
class Cell:
    """One grade.

    fraction    of the way from minimum to maximum; None if there is no grade
    maximum     whole millionths of a point (a `sum` category's grows with what counts)
    state       how the category above used it
    share       by what the category above multiplied the fraction
    source      override, missing, or the attempt policy
    """

    node: Item | Category
    fraction: Ratio | None
    maximum: int
    state: State = "used"
    share: Ratio = NO_SHARE
    source: str = ""
    taken_off: Fraction = NOTHING_OFF
    raw: Ratio | None = None

    @property
    def points(self) -> Fraction | None:
        if self.fraction is None:
            return None
        floor = self.node.floor if isinstance(self.node, Item) else 0
        return self.fraction.value * Fraction(self.maximum - floor, MILLION) + Fraction(
            floor, MILLION
        )

    def shown(self, decimals: int = 2) -> Decimal | None:
        return None if self.points is None else rounded(self.points, decimals)

    def percent(self, decimals: int = 2) -> Decimal | None:
        return None if self.fraction is None else rounded(self.fraction.value * 100, decimals)


@dataclass(frozen=True)
class Settled:
    """cells by key of item or category; total is the cell of the scheme's root."""

    cells: Mapping[str, Cell]
    total: Cell


def settle(scheme: Scheme, facts: Mapping[str, Fact]) -> Settled:
    """Return every cell of one learner. Pure; facts of unknown items are left alone."""
    cells: dict[str, Cell] = {}
    return Settled(cells, _category(scheme, scheme.root, facts, cells))


def _category(
    scheme: Scheme, category: Category, facts: Mapping[str, Fact], cells: dict[str, Cell]
) -> Cell:
    children = [
        _category(scheme, child, facts, cells)
        if isinstance(child, Category)
        else _item(scheme, child, facts.get(child.key, NOTHING), cells)
        for child in category.children
    ]
    cell = cells[category.key] = _combined(category, children)
    fact = facts.get(category.key, NOTHING)
    if fact.override is not None:
        cell.fraction = ratio(Fraction(fact.override) * MILLION / max(cell.maximum, 1))
        cell.source = "override"
    if fact.excused:
        cell.state = "excused"
    return cell


def _item(scheme: Scheme, item: Item, fact: Fact, cells: dict[str, Cell]) -> Cell:
    got = earned(item, fact, scheme.late, scheme.missing_fraction)
    fraction = None
    if got.points is not None:
        above = got.points * MILLION - item.floor
        fraction = Ratio(above.numerator, above.denominator * item.range)
    cell = Cell(item, fraction, item.top, source=got.source, taken_off=got.taken_off)
    cell.state = "excused" if fact.excused else "used"
    cells[item.key] = cell
    return cell


def _combined(category: Category, children: list[Cell]) -> Cell:
    counting = [cell for cell in children if _counts(category, cell)]
    whole = lcm(*(cell.fraction.whole for cell in counting if cell.fraction))
    values = [_parts(cell.fraction, whole) for cell in counting]
    weights = [_weight(category, cell) for cell in counting]
    _drop(category, counting, values, weights)
    rest = [index for index, cell in enumerate(counting) if cell.state in ("used", "extra")]
    counted = [counting[index] for index in rest]
    maximum = _maximum(category, counted)
    pieces = shares(
        category.method,
        [values[index] for index in rest],
        [weights[index] for index in rest],
        [cell.state == "extra" for cell in counted],
    )
    if pieces is None:
        return Cell(category, None, maximum)
    for cell, part in zip(counted, pieces.parts, strict=True):
        cell.share = Ratio(part, pieces.whole)
    total = sum(values[i] * part for i, part in zip(rest, pieces.parts, strict=True))
    raw = Ratio(total, whole * pieces.whole).reduced()
    return Cell(category, raw.capped() if category.capped else raw, maximum, raw=raw)


def _counts(category: Category, cell: Cell) -> bool:
    """Say whether the cell takes part, and note on it why not."""
    if cell.state == "excused":
        return False
    if category.method == "weighted" and not cell.node.share:
        cell.state = "unweighted"
        return False
    if cell.fraction is None and category.only_graded:
        cell.state = "empty"
        return False
    cell.state = "extra" if cell.node.extra else "used"
    return cell.fraction is not None or not cell.node.extra


def _parts(fraction: Ratio | None, whole: int) -> int:
    return 0 if fraction is None else fraction.parts * (whole // fraction.whole)


def _weight(category: Category, cell: Cell) -> int:
    """Return the child's weight, in millionths of a point or of a weight."""
    if category.method == "sum":
        return cell.maximum
    if category.method == "points":
        return cell.node.range if isinstance(cell.node, Item) else cell.maximum
    return cell.node.share if category.method == "weighted" or cell.node.extra else MILLION


def _drop(category: Category, cells: list[Cell], values: list[int], weights: list[int]) -> None:
    """Mark as dropped what the category's rules leave out. Extra credit always stays."""
    normal = [i for i, cell in enumerate(cells) if cell.state == "used"]
    count = category.drop_lowest
    if category.keep_highest is not None:
        count = max(count, len(normal) - category.keep_highest)
    free = [
        Candidate(i, values[i], values[i] * weights[i], weights[i])
        for i in normal
        if not cells[i].node.never_drop
    ]
    for index in dropped(
        free,
        count,
        by_points=category.method in ("sum", "points"),
        fixed=_fixed(cells, values, weights),
    ):
        cells[index].state = "dropped"


def _fixed(cells: list[Cell], values: list[int], weights: list[int]) -> tuple[int, int]:
    """Return (earned, possible) of what cannot be dropped."""
    above = below = 0
    for cell, value, weight in zip(cells, values, weights, strict=True):
        if cell.state == "extra" or cell.node.never_drop:
            above += value * weight
            below += 0 if cell.state == "extra" else weight
    return above, below


def _maximum(category: Category, counted: list[Cell]) -> int:
    if category.method != "sum":
        return category.top
    return sum(cell.maximum for cell in counted if cell.state == "used")
