"""What a notice says, in the language of its reader."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "enrolled": lambda data: _("You are in the course “%(course)s” now.") % data,
    "marked": lambda data: _("“%(title)s” was marked: %(points)s of %(most)s.") % data,
    "certificate": lambda data: _("Your certificate for “%(course)s” is ready.") % data,
}


def words(kind: str, data: dict[str, Any]) -> str:
    """Return the sentence of a notice."""
    return WORDS[kind](data)
