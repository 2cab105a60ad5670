"""Exact numbers: whole numbers over a whole number.

Points are whole millionths, as the database keeps them (Decimal(14, 6)); a ratio is a pair of
whole numbers. Decimal cannot hold a third, and Fraction reduces after every step.
"""

from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import NamedTuple

MILLION = 10**6


class Ratio(NamedTuple):
    """parts / whole; whole > 0. Two ratios of the same value may differ as tuples."""

    parts: int
    whole: int

    @property
    def value(self) -> Fraction:
        return Fraction(self.parts, self.whole)

    def reduced(self) -> "Ratio":
        common = gcd(self.parts, self.whole)
        return Ratio(self.parts // common, self.whole // common)

    def capped(self) -> "Ratio":
        """Return this, kept in [0, 1]."""
        return Ratio(min(max(self.parts, 0), self.whole), self.whole)

    def times(self, factor: int) -> "Ratio":
        return Ratio(self.parts * factor, self.whole)


def micro(points: Decimal) -> int:
    """Return points as whole millionths. Raises ValueError beyond six decimals."""
    scaled = points.scaleb(6)
    whole = int(scaled)
    if whole != scaled:
        raise ValueError(f"{points} has more than six decimals.")
    return whole


def ratio(number: Fraction) -> Ratio:
    return Ratio(number.numerator, number.denominator)


def rounded(number: Fraction, decimals: int) -> Decimal:
    """Return number to so many decimals, halves away from zero: the only place where we round."""
    scaled = abs(number) * 10**decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    whole += 2 * rest >= scaled.denominator
    signed = whole if number >= 0 else -whole
    return Decimal(signed).scaleb(-decimals)
