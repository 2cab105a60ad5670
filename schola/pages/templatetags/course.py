"""Words about courses."""

from typing import Any

from django import template

from schola.courses.activity_types import activity_types

register = template.Library()


@register.filter
def kind_name(key: str) -> Any:
    """Return what a kind of activity is called."""
    return activity_types[key].name
