"""Which children of a category do not count because others are better."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """index   in the category's children
    value   parts of the category's common denominator
    earned  value * weight: what it adds above the line
    weight  what it adds below the line
    """

    index: int
    value: int
    earned: int
    weight: int


def dropped(
    candidates: Sequence[Candidate], count: int, *, by_points: bool, fixed: tuple[int, int]
) -> set[int]:
    """Return the indexes of the `count` children to leave out.

    fixed  (earned, possible) of what stays in any case: extra credit, and what is never dropped
    """
    if count <= 0:
        return set()
    if count >= len(candidates):
        return {each.index for each in candidates}
    if by_points:
        return _least_useful(candidates, count, fixed)
    upwards = sorted(candidates, key=lambda each: (each.value, -each.weight, each.index))
    return {each.index for each in upwards[:count]}


def _least_useful(candidates: Sequence[Candidate], count: int, fixed: tuple[int, int]) -> set[int]:
    """Return those without whom earned / possible of the rest is largest.

    Dropping the lowest percentages is not that. Source: Dinkelbach (1967), On nonlinear fractional
    programming: each round keeps the best for the last round's ratio, and the ratio only rises.
    """
    above, below = 0, 1
    while True:
        ranked = sorted(candidates, key=lambda each: _gain(each, above, below))
        kept = ranked[count:]
        top = fixed[0] + sum(each.earned for each in kept)
        bottom = fixed[1] + sum(each.weight for each in kept)
        if top * below <= above * bottom:
            return {each.index for each in ranked[:count]}
        above, below = top, bottom


def _gain(each: Candidate, above: int, below: int) -> tuple[int, int]:
    """Return what keeping it adds beyond the ratio above / below."""
    return each.earned * below - above * each.weight, -each.index
