"""From marked attempts to grades, from grades to a course total, and how that is counted."""

from schola.grading.actions.facts import (
    Grades,
    count_published,
    keep_item,
    rebuild_grades,
    take_score,
)
from schola.grading.actions.lateness import count_lateness
from schola.grading.actions.schemes import CategoryWords, SchemeWords, change_scheme

__all__ = [
    "CategoryWords",
    "Grades",
    "SchemeWords",
    "change_scheme",
    "count_lateness",
    "count_published",
    "keep_item",
    "rebuild_grades",
    "take_score",
]
