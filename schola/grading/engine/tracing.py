"""Why a grade is what it is, as a tree. Made on demand from the very cells that settled it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from schola.grading.engine.facts import Fact
from schola.grading.engine.scheme import Category, Scheme
from schola.grading.engine.settling import Cell, Settled, settle


@dataclass(frozen=True)
class Trace:
    """One line of the explanation; the lines below it are what it was made from.

    fraction      the child's own grade, None if it has none
    share         by what the line above multiplies it; contribution = share * fraction
    uncapped      what a category came to before it was kept within its range
    """

    key: str
    method: str
    state: str
    source: str
    points: Fraction | None
    maximum: Fraction
    fraction: Fraction | None
    uncapped: Fraction | None
    share: Fraction
    taken_off: Fraction
    children: tuple["Trace", ...] = ()

    @property
    def contribution(self) -> Fraction:
        return self.share * self.fraction if self.fraction is not None else Fraction(0)


def explain(scheme: Scheme, facts: Mapping[str, Fact], cell: str) -> Trace:
    """Return the tree below the cell with this key. Raises KeyError if there is none."""
    settled = settle(scheme, facts)
    return _trace(settled, settled.cells[cell])


def _trace(settled: Settled, cell: Cell) -> Trace:
    node = cell.node
    children = node.children if isinstance(node, Category) else ()
    return Trace(
        key=node.key,
        method=node.method if isinstance(node, Category) else "",
        state=cell.state,
        source=cell.source,
        points=cell.points,
        maximum=Fraction(cell.maximum, 10**6),
        fraction=None if cell.fraction is None else cell.fraction.value,
        uncapped=None if cell.raw is None else cell.raw.value,
        share=cell.share.value,
        taken_off=cell.taken_off,
        children=tuple(_trace(settled, settled.cells[child.key]) for child in children),
    )
