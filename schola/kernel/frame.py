"""What the frame of every page shows: the places of the main navigation, the school, the person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi

from schola.kernel.assets import import_map
from schola.kernel.permissions import reach


@dataclass(frozen=True, eq=False)
class Place:
    """An entry of the main navigation. Shown to those who hold the capability somewhere.

    Each is made once, so that entries are compared by what they are: see `kept`.
    """

    label: Any
    icon: str
    url: str
    capability: str = ""
    order: int = 50
    whole: bool = False  # shown only to those who hold it in the whole organization


OURS = "#01614d"
places: list[Place] = []
bells: list[Callable[[HttpRequest], int]] = []  # what counts on the bell, one query each


def place(
    label: Any, icon: str, url: str, capability: str = "", order: int = 50, whole: bool = False
) -> None:
    """Add an entry to the main navigation."""
    places.append(Place(label, icon, url, capability, order, whole))
    places.sort(key=lambda each: each.order)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what `frame.html` needs. One query for each bell."""
    person = getattr(request, "person", None)
    return {
        "person": person,
        "school": getattr(request, "organization", None),
        "places": tuple(
            (each, _is_here(each, request)) for each in places if may_open(person, each)
        ),
        "language": get_language(),
        "direction": "rtl" if get_language_bidi() else "ltr",
        "brand": _brand(getattr(request, "organization", None)),
        "unread": sum(bell(request) for bell in bells) if person else 0,
        "import_map": mark_safe(import_map()),  # our own names only
    }


def _brand(school: Any) -> str:
    """Return the school's colour without its #, or nothing if it is the one of the style sheet."""
    return "" if school is None or school.brand_color == OURS else school.brand_color[1:]


def may_open(person: Any, each: Place) -> bool:
    """Tell whether a place is shown to the person, who may be None. No query beyond their roles."""
    if person is None:
        return False
    if not each.capability:
        return True
    span = reach(person, each.capability)
    return span.organization if each.whole else bool(span)


def _is_here(each: Place, request: HttpRequest) -> bool:
    return request.path == each.url or (each.url != "/" and request.path.startswith(each.url))
