"""Pages that the search finds by their names: where one can go, and what one can begin there."""

from typing import Any

from schola.kernel.frame import Place, may_open, places
from schola.kernel.search import words

MOST = 5
destinations: list[Place] = []


def destination(
    label: Any, url: str, capability: str = "", *, icon: str = "next", whole: bool = False
) -> None:
    """Let a page be found by its name, by those who may open it.

    whole  it opens only for those who hold the capability in the whole organization
    """
    destinations.append(Place(label, icon, url, capability, whole=whole))


def destinations_for(person: Any, query: str) -> list[Place]:
    """Return the pages of this name that the person may open; at most five.

    Every word of the query begins a word of the name. Those of the main navigation come first.
    """
    asked = words(query)
    if not asked:
        return []
    named = [each for each in [*places, *destinations] if _is_named(each, asked)]
    return [each for each in named if may_open(person, each)][:MOST]


def _is_named(each: Place, asked: list[str]) -> bool:
    name = words(str(each.label))
    return all(any(word.startswith(part) for word in name) for part in asked)
