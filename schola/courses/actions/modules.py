"""Making, naming, moving and removing modules."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from schola.courses.actions.courses import touch
from schola.courses.models import Course, Module

DEEPEST = 3


@transaction.atomic
def add_module(course: Course, title: str, parent: Module | None = None) -> Module:
    """Add a module at the end of the course or of the module above it."""
    if parent and _depth(parent) + 1 >= DEEPEST:
        raise ValidationError(_("Modules may lie three deep. Put this one higher up."))
    last = Module.objects.filter(course=course).aggregate(last=Max("position"))["last"] or 0
    module = Module.objects.create(course=course, title=title, parent=parent, position=last + 1)
    touch(course)
    return module


@transaction.atomic
def rename_module(module: Module, title: str) -> None:
    module.title = title
    module.save(update_fields=["title"])
    touch(module.course)


@transaction.atomic
def move_module(module: Module, place: int) -> None:
    """Put the module at this place (0 is the first) among its siblings."""
    siblings = Module.objects.filter(course=module.course, parent=module.parent)
    others = list(siblings.exclude(pk=module.pk).order_by("position", "pk"))
    others.insert(max(0, min(place, len(others))), module)
    for position, each in enumerate(others, 1):
        each.position = position
    Module.objects.bulk_update(others, ["position"])
    touch(module.course)


@transaction.atomic
def remove_module(module: Module) -> None:
    """Remove an empty module. Raises ValidationError if something still lies in it."""
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


def _depth(module: Module) -> int:
    depth = 0
    while module.parent_id:
        module, depth = module.parent, depth + 1
    return depth
