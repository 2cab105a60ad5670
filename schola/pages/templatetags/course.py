"""Words about courses."""

from typing import Any

from django import template

from schola.courses.activity_types import activity_types

register = template.Library()


@register.filter
def role_name(key: str, labels: dict[str, str]) -> str:
    """Return what a role is called, of {key: name}."""
    return labels.get(key, key)


@register.filter
def kind_name(key: str) -> Any:
    """Return what a kind of activity is called."""
    return activity_types[key].name


@register.filter
def at(counts: dict[str, int], key: str) -> int:
    """Return the count that stands under the key, or 0."""
    return counts.get(key, 0)
