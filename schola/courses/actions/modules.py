"""Making, naming, moving and removing modules."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from schola.courses.actions.courses import lock_course, lock_structure, touch
from schola.courses.conditions import refuse_circle
from schola.courses.models import Course, Module
from schola.courses.structure import Structure
from schola.kernel.revision import save_revised

DEEPEST = 3


@transaction.atomic
def add_module(course: Course, title: str, parent: Module | None = None) -> Module:
    """Add a module at the end of the course or of the module above it.

    Raises ValidationError if that one is of another course, or lies too deep to hold another.
    """
    _check_depth(lock_structure(course.pk), parent)
    last = Module.objects.filter(course=course).aggregate(last=Max("position"))["last"] or 0
    module = Module.objects.create(course=course, title=title, parent=parent, position=last + 1)
    touch(course)
    return module


@transaction.atomic
def rename_module(module: Module, revision: int, title: str) -> None:
    """Give the module another title. Raises StaleRevision if somebody else did meanwhile."""
    lock_course(module.course_id)
    save_revised(module, revision, {"title": title})
    touch(module.course)


@transaction.atomic
def move_module(module: Module, parent: Module | None, place: int) -> None:
    """Put the module, with all in it, at this place (0 is the first) of the course or of a module.

    Raises ValidationError if it would lie in itself or too deep, or if activities would then wait
    for one another.
    """
    _check_parent(lock_structure(module.course_id), module, parent)
    module.parent = parent
    siblings = Module.objects.filter(course=module.course, parent=parent)
    others = list(siblings.exclude(pk=module.pk).order_by("position", "pk"))
    others.insert(max(0, min(place, len(others))), module)
    for position, each in enumerate(others, 1):
        each.position = position
    Module.objects.bulk_update(others, ["position", "parent"])
    touch(module.course)


@transaction.atomic
def remove_module(module: Module) -> None:
    """Remove an empty module. Raises ValidationError if something still lies in it."""
    lock_course(module.course_id)
    if module.activities.filter(removed_at=None).exists() or module.children.exists():
        raise ValidationError(_("Move or remove what lies in this module first."))
    if module.activities.exists():
        other = Module.objects.filter(course=module.course).exclude(pk=module.pk)
        home = other.order_by("position").first()
        if home is None:
            raise ValidationError(_("A course keeps at least one module. Rename this one."))
        module.activities.update(module=home)
    module.delete()
    touch(module.course)


def _check_parent(structure: Structure, module: Module, parent: Module | None) -> None:
    inside = structure.within(module.pk)
    if parent and any(each.id == parent.pk for each in inside):
        raise ValidationError(_("A module cannot lie in itself. Choose another one."))
    _check_depth(structure, parent, levels=max(each.depth for each in inside) - inside[0].depth + 1)
    refuse_circle(structure.with_module(module.pk, parent_id=parent and parent.pk))


def _check_depth(structure: Structure, parent: Module | None, levels: int = 1) -> None:
    """Raise ValidationError if so many levels of modules do not fit below the parent."""
    if parent and parent.pk not in structure.module_by_id:
        raise ValidationError(_("Choose a module of this course."))
    depth = structure.module_by_id[parent.pk].depth + 1 if parent else 0
    if depth + levels > DEEPEST:
        raise ValidationError(_("Modules may lie three deep. Put this one higher up."))
