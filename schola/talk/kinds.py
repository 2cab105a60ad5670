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

from schola.completion.models import Certificate
from schola.courses.models import Course
from schola.kernel.numbers import shown_points

Words = Callable[[dict[str, Any]], str]
Check = Callable[[str], bool]


@dataclass(frozen=True)
class Kind:
    """One kind of notice. People choose by which ways they hear of it.

    label  what it is about, as people choose it
    words  its sentence, from its data
    still_so  whether what a notice of this key says is so, asked when it goes out; None: always
    """

    key: str
    label: Any
    words: Words
    still_so: Check | None = None


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


def declare_kind(key: str, label: Any, words: Words, still_so: Check | None = None) -> None:
    """Make a kind of notice known. Until people choose, it comes by bell and by mail.

    still_so  given if what it says may be undone in the half minute before it goes out: it is
              asked with the key of the notices, in a transaction, and holds what it has read
    """
    kinds[key] = Kind(key, label, words, still_so)


def check_of(kind: str) -> Check | None:
    """Return what tells whether notices of a kind are still so; None: they always are."""
    return kinds[kind].still_so if kind in kinds else None


def words(kind: str, data: dict[str, Any]) -> str:
    """Return the sentence of a notice."""
    return kinds[kind].words(data)


def _marked(data: dict[str, Any]) -> str:
    points = {name: shown_points(Decimal(data[name])) for name in ("points", "most")}
    return _("“%(title)s” was marked: %(points)s of %(most)s.") % {**data, **points}


def _is_not_hidden(key: str) -> bool:
    """Tell whether the course of a key is not hidden. One that is stays so until the end."""
    course = Course.objects.filter(pk=key.removeprefix("course-"), published_at=None)
    return not list(course.select_for_update(no_key=True).values_list("pk"))


def _has_no_other(key: str) -> bool:
    """Tell whether no valid certificate stands for the one of a key. One that does is held."""
    revoked = key.removeprefix("certificate-")
    valid = Certificate.objects.filter(completion__certificates=revoked, revoked_at=None)
    return not list(valid.select_for_update(no_key=True, of=("self",)).values_list("pk"))


declare_kind(
    "enrolled",
    gettext_lazy("New courses"),
    lambda data: _("You are in the course “%(course)s” now.") % data,
    still_so=_is_not_hidden,
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
declare_kind(
    "revoked",
    gettext_lazy("Certificates that were revoked"),
    lambda data: _("Your certificate for “%(course)s” was revoked.") % data,
    still_so=_has_no_other,
)
