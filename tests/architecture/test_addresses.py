"""No address without a guard, and no guard that asks for something nobody declared."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

from schola.courses.activity_types import activity_types
from schola.kernel import content_urls
from schola.kernel.permissions import capabilities
from schola.pages.routes import ItemRoute

OPEN = {"public", "signed in"}


def addresses(patterns: list[Any], above: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Walk nested resolvers, too: (whole address, pattern)."""
    for pattern in patterns:
        here = above + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, here)
        else:
            yield here, pattern


def every_address() -> list[tuple[str, URLPattern]]:
    content = addresses(content_urls.urlpatterns, "content: ")
    return [*addresses(get_resolver().url_patterns), *content]


def test_no_address_is_unguarded():
    open_doors = [
        where
        for where, pattern in every_address()
        if not getattr(pattern.callback, "capability", "")
    ]

    assert not open_doors, "Write @requires, @signed_in or @public above these views."


def test_every_guard_asks_for_a_capability_that_is_declared():
    unknown = [
        (where, pattern.callback.capability)
        for where, pattern in every_address()
        if not isinstance(pattern.callback, ItemRoute)
        and pattern.callback.capability not in OPEN | capabilities.keys()
    ]

    assert not unknown


def test_who_opens_a_door_to_everybody_says_why():
    silent = [
        where
        for where, pattern in every_address()
        if pattern.callback.capability == "public" and not getattr(pattern.callback, "reason", "")
    ]

    assert not silent


def test_every_route_of_an_activity_type_has_a_declared_capability():
    routes = [(kind.key, route) for kind in activity_types for route in kind.routes]

    unknown = [(key, route.path) for key, route in routes if route.capability not in capabilities]

    assert routes
    assert not unknown


def test_capabilities_are_noun_and_verb_with_a_label():
    odd = [
        name
        for name, capability in capabilities.items()
        if not all(part.replace("_", "").isalpha() for part in name.split("."))
        or len(name.split(".")) != 2
        or not str(capability.label).strip()
    ]

    assert capabilities
    assert not odd
