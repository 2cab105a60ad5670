"""What acts are called on pages, and where the things are on which they were done.

Each app names its own in its module `audited`:

    name_acts({"course.hidden": _("hid a course")})
    name_things("course", _("Course"), find_courses)
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Thing(NamedTuple):
    """What something is called now, and its address; empty if the reader may not open it."""

    name: str
    url: str = ""


Finder = Callable[[Collection[str], Any], Mapping[str, Thing]]


class ThingKind(NamedTuple):
    """find: (ids, the person who reads) -> {id: thing} for those that are still there."""

    label: Any
    find: Finder


acts: dict[str, Any] = {}
thing_kinds: dict[str, ThingKind] = {}


def name_acts(labels: Mapping[str, Any]) -> None:
    """Make known what acts are called. Two acts that are the same to people share their words."""
    acts.update(labels)


def name_things(kind: str, label: Any, find: Finder = lambda _ids, _reader: {}) -> None:
    """Make known what a kind of thing is called, and how things of it are found."""
    thing_kinds[kind] = ThingKind(label, find)


def name_of(act: str) -> str:
    """Return what an act is called."""
    return str(acts.get(act, _("something that is not done any more")))


def acts_like(act: str) -> list[str]:
    """Return all acts that are called like this one, itself included."""
    return [each for each in acts if name_of(each) == name_of(act)]


def numbers(ids: Collection[str]) -> list[int]:
    """Return those of the ids that are numbers; never none, so that a finder always asks once."""
    return [int(each) for each in ids if each.isdecimal()] or [0]
