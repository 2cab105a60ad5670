"""What is done to courses is called, and where it was done."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from schola.courses.models import Activity, Course, Module
from schola.kernel.audit.words import Thing, name_acts, name_things, numbers
from schola.kernel.permissions import held_on

name_acts(
    {
        "course.published": _("course published"),
        "course.hidden": _("course hidden"),
        "course.changed": _("settings of the course changed"),
        "course.members-changed": _("members of the course changed"),
        "course.joined": _("put into a course"),
        "course.list-joined": _("people put into the course by a list"),
        "course.seat-kept": _("seat in a course kept without the group that gave it"),
        "course.left": _("taken out of a course"),
        "course.group-joined": _("group put into a course"),
        "course.group-left": _("group taken out of a course"),
        "activity.published": _("activity published"),
        "activity.removed": _("activity removed"),
        "activity.conditions-changed": _("conditions of an activity changed"),
        "module.conditions-changed": _("conditions of a module changed"),
        "activity.ticked": _("ticked off in an activity"),
        "grading.changed": _("counting of grades changed"),
    }
)


def find_courses(ids: Collection[str], reader: Any) -> Mapping[str, Thing]:
    """Return courses by their titles; before it is public only its authors go there."""
    found = Course.objects.filter(pk__in=numbers(ids)).annotate(
        may_view=held_on(reader, "course.view", Course),
        may_edit=held_on(reader, "course.edit", Course),
    )
    return {
        str(each.pk): Thing(each.title, f"/courses/{each.slug}" if _is_open(each, each) else "")
        for each in found
    }


def find_activities(ids: Collection[str], reader: Any) -> Mapping[str, Thing]:
    """Return activities by their titles; those that are out of their course without an address."""
    found = Activity.objects.filter(pk__in=numbers(ids)).select_related("course")
    found = found.defer("draft").annotate(
        may_view=held_on(reader, "course.view", Activity),
        may_edit=held_on(reader, "course.edit", Activity),
    )
    return {str(each.pk): Thing(each.title, _address(each)) for each in found}


def find_modules(ids: Collection[str], reader: Any) -> Mapping[str, Thing]:
    """Return modules by their titles; only authors go to what opens them."""
    found = Module.objects.filter(pk__in=numbers(ids)).select_related("course")
    found = found.annotate(may_edit=held_on(reader, "course.edit", Module))
    return {
        str(each.pk): Thing(
            each.title,
            f"/courses/{each.course.slug}/modules/{each.pk}/conditions" if each.may_edit else "",
        )
        for each in found
    }


def _address(activity: Any) -> str:
    """Return where the reader finds the activity; a draft is there for its authors only."""
    there = activity.published_id or activity.may_edit
    if activity.removed_at or not there or not _is_open(activity, activity.course):
        return ""
    return f"/courses/{activity.course.slug}/{activity.key}"


def _is_open(thing: Any, course: Course) -> bool:
    """Tell whether the reader may look into the course; before it is public only its authors."""
    return thing.may_view and bool(course.published_at or thing.may_edit)


name_things("course", _("Course"), find_courses)
name_things("activity", _("Activity"), find_activities)
name_things("module", _("Module"), find_modules)
