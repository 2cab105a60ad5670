"""The kinds of notices, and what each says in the language of its reader.

A plugin adds its own:

    declare_kind("replied", _("Answers to what you wrote"), lambda data: _("…") % data)
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schola.kernel.numbers import shown_points

Words = Callable[[dict[str, Any]], str]


@dataclass(frozen=True)
class Kind:
    """One kind of notice. People choose by which ways they hear of it.

    label  what it is about, as people choose it
    words  its sentence, from its data
    """

    key: str
    label: Any
    words: Words


@dataclass(frozen=True)
class FixedKind:
    """A mail that nobody can switch off, with the reason in words."""

    label: Any
    reason: Any


kinds: dict[str, Kind] = {}
FIXED = (
    FixedKind(
        gettext_lazy("Your invitation"),
        gettext_lazy("Always by mail: without it you could not join."),
    ),
    FixedKind(
        gettext_lazy("A new password"),
        gettext_lazy("Always by mail: it is sent only when somebody asks for it."),
    ),
)


def declare_kind(key: str, label: Any, words: Words) -> None:
    """Make a kind of notice known. Until people choose, it comes by bell and by mail."""
    kinds[key] = Kind(key, label, words)


def words(kind: str, data: dict[str, Any]) -> str:
    """Return the sentence of a notice."""
    return kinds[kind].words(data)


def _marked(data: dict[str, Any]) -> str:
    points = {name: shown_points(Decimal(data[name])) for name in ("points", "most")}
    return _("“%(title)s” was marked: %(points)s of %(most)s.") % {**data, **points}


declare_kind(
    "enrolled",
    gettext_lazy("New courses"),
    lambda data: _("You are in the course “%(course)s” now.") % data,
)
declare_kind("marked", gettext_lazy("Marks and comments"), _marked)
declare_kind(
    "again",
    gettext_lazy("Work that you may hand in again"),
    lambda data: _("You may hand in “%(title)s” once more.") % data,
)
declare_kind(
    "certificate",
    gettext_lazy("Certificates"),
    lambda data: _("Your certificate for “%(course)s” is ready.") % data,
)
