"""Building a course: modules and activities in their order."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schola.courses import actions
from schola.courses.activity_types import activity_types
from schola.courses.models import Activity, Course, Module
from schola.courses.structure import structure_of
from schola.enrollment.actions import enroll
from schola.kernel import audit
from schola.kernel.guard import requires
from schola.kernel.numbers import whole
from schola.pages.building import rows_of_modules
from schola.pages.everyone import findings_in_course
from schola.pages.forms import NewActivityForm, NewCourseForm
from schola.pages.views.course import course_context


@require_http_methods(["GET", "POST"])
@requires("course.create", anywhere=True)
def new_course(request: HttpRequest) -> HttpResponse:
    """Make a course from its title; whoever makes it becomes its instructor."""
    form = NewCourseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            course = actions.create_course(form.cleaned_data["title"])
            enroll(request.person, course, "instructor")
        return redirect(f"/courses/{course.slug}/edit")
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/new_course.html", {"form": form}, status=status)


@require_GET
@requires("course.edit", Course)
def build(request: HttpRequest, course: Course) -> HttpResponse:
    """Show the course as its authors work on it."""
    return build_response(request, course)


def build_response(
    request: HttpRequest, course: Course, error: str = "", status: int = 200
) -> HttpResponse:
    """Render the builder, with what went wrong above it."""
    context = course_context(request, course) | {
        "rows": rows_of_modules(structure_of(course)),
        "kinds": list(activity_types),
        "kind_of": {kind.key: kind for kind in activity_types},
        "findings": findings_in_course(course),
        "error": error,
        "here": "edit",
    }
    return render(request, "pages/build.html", context, status=status)


@require_POST
@requires("course.edit", Course)
def add_activity(request: HttpRequest, course: Course) -> HttpResponse:
    """Add an activity to a module of the course, and go and write it."""
    form = NewActivityForm(request.POST)
    module = None
    if form.is_valid():
        module = Module.objects.filter(course=course, pk=form.cleaned_data["module"]).first()
    if module is None:
        return build_response(request, course, _("Write a title for the activity."), 422)
    words = form.cleaned_data
    activity = actions.add_activity(module, words["kind"], words["title"])
    return redirect(f"/courses/{course.slug}/{activity.key}/edit")


@require_POST
@requires("course.edit", Course)
def add_untitled(request: HttpRequest, course: Course) -> HttpResponse:
    """Add an activity of a kind at the end of the course, to be written and named at once."""
    kind, modules = request.POST.get("kind", ""), structure_of(course).modules
    if kind not in activity_types or not modules:
        return build_response(request, course, _("Choose what to add."), 422)
    module = Module.objects.get(pk=modules[-1].id)
    activity = actions.add_activity(module, kind, str(activity_types[kind].name))
    return redirect(f"/courses/{course.slug}/{activity.key}/edit")


@require_POST
@requires("activity.edit", Activity)
def change_place(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Move an activity: one place up or down, or to a place of a module."""
    structure = structure_of(activity.course)
    module = structure.module_by_id[activity.module_id]
    order = [each.id for each in module.activities]
    at, target = order.index(activity.pk), activity.module
    if "up" in request.POST or "down" in request.POST:
        place = at + (-1 if "up" in request.POST else 1)
        if not 0 <= place < len(order):
            place, target = _over_the_edge(structure, module, up=place < 0)
    else:
        target = Module.objects.filter(
            course=activity.course, pk=whole(request.POST.get("module"))
        ).first()
        place = whole(request.POST.get("place"))
    if target is None:
        message = _("It is already at the edge of the course.")
        return build_response(request, activity.course, message, 422)
    try:
        actions.move_activity(activity, target, place)
    except ValidationError as error:
        return build_response(request, activity.course, error.messages[0], 422)
    return redirect(f"/courses/{activity.course.slug}/edit#{activity.key}")


@require_POST
@requires("activity.edit", Activity)
def remove_activity(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Take an activity out of the course. What learners did is kept."""
    with transaction.atomic():
        actions.remove_activity(activity)
        said = {"title": activity.title}
        audit.act(request.person.pk, "activity.removed", "activity", activity.pk, before=said)
    messages.success(request, _("“%(title)s” was removed.") % {"title": activity.title})
    return redirect(f"/courses/{activity.course.slug}/edit")


@require_POST
@requires("course.edit", Course)
def publish(request: HttpRequest, course: Course) -> HttpResponse:
    """Open the course to its learners with every draft in it, or hide it again."""
    hides = "unpublish" in request.POST
    try:
        with transaction.atomic():
            (actions.unpublish_course if hides else actions.publish_all)(course)
            act = "course.hidden" if hides else "course.published"
            audit.act(request.person.pk, act, "course", course.pk)
    except ValidationError as error:
        return build_response(request, course, error.messages[0], 422)
    if not hides:
        messages.success(request, _("Learners see the course now."))
    return redirect(f"/courses/{course.slug}/edit")


def _over_the_edge(structure: Any, module: Any, *, up: bool) -> tuple[int, Module | None]:
    order = list(structure.modules)
    at = order.index(module) + (-1 if up else 1)
    if not 0 <= at < len(order):
        return 0, None
    other = order[at]
    place = len(other.activities) if up else 0
    return place, Module.objects.get(pk=other.id)
