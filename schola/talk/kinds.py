"""What a notice says, in the language of its reader."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from schola.kernel.numbers import shown_points


def _marked(data: dict[str, Any]) -> str:
    points = {name: shown_points(Decimal(data[name])) for name in ("points", "most")}
    return _("“%(title)s” was marked: %(points)s of %(most)s.") % {**data, **points}


WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "enrolled": lambda data: _("You are in the course “%(course)s” now.") % data,
    "marked": _marked,
    "certificate": lambda data: _("Your certificate for “%(course)s” is ready.") % data,
}


def words(kind: str, data: dict[str, Any]) -> str:
    """Return the sentence of a notice."""
    return WORDS[kind](data)
