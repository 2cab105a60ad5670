"""What is done to courses is called, and where it was done."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from schola.courses.models import Activity, Course
from schola.kernel.audit.words import Thing, name_acts, name_things, numbers

name_acts(
    {
        "course.published": _("course published"),
        "course.hidden": _("course hidden"),
        "course.changed": _("settings of the course changed"),
        "course.members-changed": _("members of the course changed"),
        "course.joined": _("put into a course"),
        "course.left": _("taken out of a course"),
        "activity.published": _("activity published"),
        "activity.removed": _("activity removed"),
        "activity.conditions-changed": _("conditions of an activity changed"),
        "activity.ticked": _("ticked off in an activity"),
        "grading.changed": _("counting of grades changed"),
    }
)


def find_courses(ids: Collection[str], reader: Any) -> Mapping[str, Thing]:
    """Return courses by their titles."""
    found = Course.objects.filter(pk__in=numbers(ids)).values_list("pk", "title", "slug")
    return {str(pk): Thing(title, f"/courses/{slug}") for pk, title, slug in found}


def find_activities(ids: Collection[str], reader: Any) -> Mapping[str, Thing]:
    """Return activities by their titles; those that are out of their course without an address."""
    found = Activity.objects.filter(pk__in=numbers(ids)).values_list(
        "pk", "title", "removed_at", "course__slug", "key"
    )
    return {
        str(pk): Thing(title, "" if removed else f"/courses/{slug}/{key}")
        for pk, title, removed, slug, key in found
    }


name_things("course", _("Course"), find_courses)
name_things("activity", _("Activity"), find_activities)
