"""Saying what opens an activity, or everything in a module."""

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
def set_prerequisites(thing: Activity | Module, tree: dict[str, Any] | None) -> None:
    """Say what opens the activity, or all that lies in the module, however deep.

    Raises ValidationError for nonsense, and for activities that would wait for one another.
    """
    structure = lock_structure(thing.course_id)  # two authors could close a circle together
    if tree:
        _check(tree, structure, thing)
    thing.prerequisites = tree or None
    thing.save(update_fields=["prerequisites"])
    touch(thing.course)
    if isinstance(thing, Activity):
        emit(ActivityChanged(course_id=thing.course_id, activity_id=thing.pk))


def _check(tree: dict[str, Any], structure: Structure, thing: Activity | Module) -> None:
    check_tree(tree)
    if hangs_on(tree) - structure.by_id.keys():
        raise ValidationError(_("Choose activities of this course in the conditions."))
    change = structure.with_activity if isinstance(thing, Activity) else structure.with_module
    refuse_circle(change(thing.pk, prerequisites=tree))
