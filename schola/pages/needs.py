"""What finishing a course asks, as HTML: each line compiled once, met and unmet, then joined.

The lines are rendered by the ordinary template `pages/need.html`; a test renders them all without
the shortcut and compares.
"""

from decimal import Decimal
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from schola.completion.conditions import Condition, conditions
from schola.courses.models import Course
from schola.courses.structure import structure_of
from schola.pages.state import State


def needs(state: State) -> SafeString:
    """Return every condition of the course with its mark; empty if it asks for nothing.

    What is not met comes first.
    """
    met, unmet = _marked(state)
    return mark_safe("".join(unmet + met))


def missing(state: State) -> SafeString:
    """Return the conditions of the course that are not met."""
    return mark_safe("".join(_marked(state)[1]))


def _marked(state: State) -> tuple[list[str], list[str]]:
    """Return the lines of what is met, then of what is not."""
    course, found = state.course, ([], [])
    lines, grade = compiled(course, course.version, course.pass_fraction, get_language())
    for pk, met, unmet in lines:
        found[0 if pk in state.finished else 1].append(met if pk in state.finished else unmet)
    if grade:
        reached = state.fraction is not None and state.fraction >= course.pass_fraction
        found[0 if reached else 1].append(grade[0] if reached else grade[1])
    return found


@lru_cache(maxsize=256)
def compiled(
    course: Course, version: int, pass_fraction: Decimal | None, language: str
) -> tuple[list[tuple[int, str, str]], tuple[str, str] | None]:
    """Return (activity, met, unmet) of each activity that is asked for, then those of the grade.

    `version`, `pass_fraction` and `language` are there for the key.
    """
    structure = structure_of(course)
    asked = [activity.id for activity in structure.published if activity.required]
    met = [need(each) for each in conditions(course, structure, asked, Decimal(1))]
    unmet = [need(each) for each in conditions(course, structure, (), None)]
    lines = list(zip(asked, met, unmet, strict=False))
    return lines, (met[-1], unmet[-1]) if len(met) > len(asked) else None


def need(condition: Condition) -> str:
    """Render one line by its template."""
    return render_to_string("pages/need.html", {"condition": condition}).strip()
