"""Numbers that come as text, and numbers as people read them."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format

TENTH = Decimal("0.1")


def whole(text: str | None) -> int:
    """Return the whole number, or 0, which no row has, for anything that is none."""
    return int(text) if text and text.isdigit() and len(text) < 18 else 0


def shown_points(value: Decimal) -> str:
    """Return points in the reader's notation: one decimal at most, halves away from zero."""
    rounded = value.quantize(TENTH, ROUND_HALF_UP)
    return number_format(rounded, 0 if rounded == rounded.to_integral_value() else 1)
