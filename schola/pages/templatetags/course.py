"""Words about courses."""

from typing import Any

from django import template

from schola.courses.activity_types import activity_types
from schola.people.rights import BUILT_IN

register = template.Library()


@register.filter
def role_name(key: str) -> Any:
    """Return what a built-in role is called."""
    return BUILT_IN.get(key, key)


@register.filter
def kind_name(key: str) -> Any:
    """Return what a kind of activity is called."""
    return activity_types[key].name


@register.filter
def at(counts: dict[str, int], key: str) -> int:
    """Return the count that stands under the key, or 0."""
    return counts.get(key, 0)
