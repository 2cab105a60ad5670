"""How the grades of a category's children become one: as a share for each child.

All methods are weighted sums, so one line explains each: fraction = sum of share * fraction.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple


class Shares(NamedTuple):
    """parts[i] / whole is the share of child i."""

    parts: list[int]
    whole: int


def shares(
    method: str, values: Sequence[int], weights: Sequence[int], extras: Sequence[bool]
) -> Shares | None:
    """Return the share of each child, or None if nothing counts.

    values   parts of one common denominator
    weights  what each counts; that of extra credit counts above the line only
    """
    if not values:
        return None
    if method in ("median", "lowest", "highest", "mode"):
        return _by_rank(method, values)
    below = sum(weight for weight, extra in zip(weights, extras, strict=True) if not extra)
    if below:
        return Shares(list(weights), below)
    return Shares(list(weights), 10**6) if any(extras) else None


def _by_rank(method: str, values: Sequence[int]) -> Shares:
    upwards = sorted(range(len(values)), key=values.__getitem__)
    middle = len(upwards) // 2
    picks = {
        "lowest": [upwards[0]],
        "highest": [upwards[-1]],
        "median": [upwards[middle]] if len(upwards) % 2 else upwards[middle - 1 : middle + 1],
        "mode": [values.index(_most_frequent(values))],
    }[method]
    return Shares([int(index in picks) for index in range(len(values))], len(picks))


def _most_frequent(values: Sequence[int]) -> int:
    counts = Counter(values)
    return max(counts, key=lambda value: (counts[value], value))
