"""Saying what opens an activity, or everything in a module."""

import json
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from schola.courses.actions.courses import lock_structure, touch
from schola.courses.conditions import check_tree, hangs_on, refuse_circle
from schola.courses.events import ActivityChanged
from schola.courses.models import Activity, Module
from schola.courses.structure import Structure
from schola.kernel.events import emit


@transaction.atomic
def set_prerequisites(
    thing: Activity | Module, tree: dict[str, Any] | None, seen: str | None = None
) -> None:
    """Say what opens the activity, or all that lies in the module, however deep.

    seen  the stamp of the conditions that the author saw; None: whatever they are

    Raises ValidationError for nonsense, for activities that would wait for one another and, with
    the code "stale", if somebody else has changed the conditions meanwhile.
    """
    structure = lock_structure(thing.course_id)  # two authors could close a circle together
    there = structure.by_id if isinstance(thing, Activity) else structure.module_by_id
    if seen is not None and seen != stamp_of(there[thing.pk].prerequisites):
        words = _("Somebody else changed these conditions meanwhile. Saving again replaces theirs.")
        raise ValidationError(words, code="stale")
    if tree:
        _check(tree, structure, thing)
    thing.prerequisites = tree or None
    thing.save(update_fields=["prerequisites"])
    touch(thing.course)
    if isinstance(thing, Activity):
        emit(ActivityChanged(course_id=thing.course_id, activity_id=thing.pk))


def stamp_of(tree: Any) -> str:
    """Return what stands for these conditions in a form; empty for none."""
    return sha256(json.dumps(tree, sort_keys=True).encode()).hexdigest()[:16] if tree else ""


def _check(tree: dict[str, Any], structure: Structure, thing: Activity | Module) -> None:
    check_tree(tree)
    if hangs_on(tree) - structure.by_id.keys():
        raise ValidationError(_("Choose activities of this course in the conditions."))
    change = structure.with_activity if isinstance(thing, Activity) else structure.with_module
    refuse_circle(change(thing.pk, prerequisites=tree))
