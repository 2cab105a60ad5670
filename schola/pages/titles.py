"""Titles of activities whose author wrote none: the first words of what they say."""

from collections.abc import Mapping
from typing import Any

from schola.courses.activity_types import ActivityType
from schola.courses.models import Activity
from schola.kernel.sanitize import plain_text

LONGEST = 60


def is_untitled(activity: Activity, kind: ActivityType) -> bool:
    """Tell whether the activity still has the name of its kind for a title."""
    return activity.title == str(kind.name)


def title_from(kind: ActivityType, config: Mapping[str, Any]) -> str:
    """Return the first words of the texts of a config, or the name of the kind."""
    texts = (config.get(name) for name in kind.settings_form.base_fields)
    words = next((found for text in texts if (found := _first_words(text))), "")
    return words or str(kind.name)


def _first_words(text: Any) -> str:
    if not isinstance(text, str):
        return ""
    words = plain_text(text.partition("</")[0] or text)
    if len(words) <= LONGEST:
        return words
    return words[:LONGEST].rpartition(" ")[0] + " …"
