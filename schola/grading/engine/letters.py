"""What a grade is called: letters, and figures as shown."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from schola.grading.engine.ratio import rounded


@dataclass(frozen=True)
class Letters:
    """rows      (name, lowest percent), the lower bound belongs to the row
    round_to  look up the percent rounded to so many decimals; None: the exact one
    """

    rows: tuple[tuple[str, Decimal], ...]
    round_to: int | None = None

    def __post_init__(self) -> None:
        bounds = [bound for _, bound in self.rows]
        if len(bounds) != len(set(bounds)) or min(bounds, default=None) != 0:
            raise ValueError("Give each letter another lower bound, and one of them 0.")

    def of(self, percent: Fraction) -> str:
        """Return the letter. Below 0 is as 0; above 100 has the best one."""
        if self.round_to is not None:
            percent = Fraction(rounded(percent, self.round_to))
        percent = max(percent, Fraction(0))
        downwards = sorted(self.rows, key=lambda row: row[1], reverse=True)
        return next(name for name, bound in downwards if percent >= Fraction(bound))


DEFAULT_LETTERS = Letters(
    tuple(
        (name, Decimal(bound))
        for name, bound in (
            ("A", 94), ("A-", 90), ("B+", 87), ("B", 84), ("B-", 80), ("C+", 77),
            ("C", 74), ("C-", 70), ("D+", 67), ("D", 64), ("D-", 61), ("F", 0),
        )
    )
)  # fmt: skip
