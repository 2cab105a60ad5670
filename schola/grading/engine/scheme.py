"""What a gradebook counts, and how: items in categories, categories in categories."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from schola.grading.engine.late import LatePolicy
from schola.grading.engine.ratio import micro

AttemptPolicy = Literal["best", "last", "first", "average"]
Method = Literal["mean", "weighted", "points", "sum", "median", "lowest", "highest", "mode"]

ONE = Decimal(1)


@dataclass(frozen=True)
class Item:
    """A column with grades of its own.

    weight  its share in a `weighted` category; as extra credit also in `mean`
    extra   adds to what is earned, not to what is possible
    """

    key: str
    maximum: Decimal
    minimum: Decimal = Decimal(0)
    weight: Decimal = ONE
    extra: bool = False
    never_drop: bool = False
    policy: AttemptPolicy = "best"

    def __post_init__(self) -> None:
        if self.maximum <= self.minimum:
            raise ValueError(f"Give {self.key} a maximum above its minimum.")

    @cached_property
    def floor(self) -> int:
        return micro(self.minimum)

    @cached_property
    def range(self) -> int:
        return micro(self.maximum - self.minimum)

    @cached_property
    def top(self) -> int:
        return micro(self.maximum)

    @cached_property
    def share(self) -> int:
        return micro(self.weight)


@dataclass(frozen=True)
class Category:
    """Items and categories that become one grade.

    method        mean      every child counts the same
                  weighted  by the children's weights; a weight of 0 does not count
                  points    by their ranges, shown out of `maximum`
                  sum       points earned out of points possible (also called natural)
                  median, lowest, highest, mode (ties: the highest)
    only_graded   leave out what has no grade yet; else it counts as its minimum
    drop_lowest   so many are left out; with `points` and `sum`, those whose loss helps most
    keep_highest  if set, only so many count
    capped        extra credit cannot lift the category above its maximum
    """

    key: str
    children: tuple["Item | Category", ...]
    method: Method = "mean"
    maximum: Decimal = Decimal(100)
    weight: Decimal = ONE
    extra: bool = False
    never_drop: bool = False
    only_graded: bool = True
    drop_lowest: int = 0
    keep_highest: int | None = None
    capped: bool = True

    @cached_property
    def top(self) -> int:
        return micro(self.maximum)

    @cached_property
    def share(self) -> int:
        return micro(self.weight)

    def walk(self) -> Iterator["Item | Category"]:
        """Yield this category and everything in it, parents before children."""
        yield self
        for child in self.children:
            if isinstance(child, Category):
                yield from child.walk()
            else:
                yield child


@dataclass(frozen=True)
class Scheme:
    """missing_fraction: what a missing piece of work earns, in [0, 1]; None: it waits ungraded."""

    root: Category
    late: LatePolicy = field(default_factory=LatePolicy)
    missing_fraction: Decimal | None = None

    def __post_init__(self) -> None:
        keys = [node.key for node in self.root.walk()]
        if len(keys) != len(set(keys)):
            raise ValueError("Every item and category needs a key of its own.")
