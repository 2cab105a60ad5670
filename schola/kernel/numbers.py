"""Numbers that come as text, and numbers as people read them."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def whole(text: str | None) -> int:
    """Return the whole number, or 0, which no row has, for anything that is none."""
    digits = text and text.isascii() and text.isdecimal() and len(text) < 18
    return int(text) if digits else 0


def shown_points(value: Decimal, places: int = 2) -> str:
    """Return points as people read them, in their notation: 7.142857 as 7.14, 8.00 as 8.

    Two places, since a marker may give that many; halves away from zero.
    """
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return number_format(f"{rounded.normalize():f}")


def shown_percent(fraction: Decimal | float) -> str:
    """Return a fraction in [0, 1] as everybody reads it, everywhere: 0.86666 as 86.7%."""
    return _("%(n)s%%") % {"n": shown_points(100 * Decimal(str(fraction)), 1)}
