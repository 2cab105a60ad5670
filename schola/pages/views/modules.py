"""Modules of a course: made, named, put in order and into one another, opened, removed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from schola.courses import actions
from schola.courses.models import Course, Module
from schola.kernel import audit
from schola.kernel.guard import requires
from schola.kernel.numbers import whole
from schola.kernel.revision import StaleRevision
from schola.pages.conditions import conditions_form, is_stale, tree_of
from schola.pages.forms import TitleForm
from schola.pages.views.build import build_response
from schola.pages.views.course import course_context

MOVES = ("up", "down", "in", "out")


@require_POST
@requires("course.edit", Course)
def add_module(request: HttpRequest, course: Course) -> HttpResponse:
    """Add a module at the end of the course or, with "parent", of one of its modules."""
    form, parent = TitleForm(request.POST), None
    if not form.is_valid():
        return build_response(request, course, _("Write a title for the module."), 422)
    if "parent" in request.POST:
        parent_id = whole(request.POST["parent"])
        parent = Module.objects.filter(course=course, pk=parent_id).first()
        if parent is None:
            return build_response(request, course, _("Choose a module of this course."), 422)
    try:
        module = actions.add_module(course, form.cleaned_data["title"], parent)
    except ValidationError as error:
        return build_response(request, course, error.messages[0], 422)
    return redirect(f"/courses/{course.slug}/edit#add-{module.pk}")


@require_POST
@requires("course.edit", Module)
def change_module(request: HttpRequest, module: Module) -> HttpResponse:
    """Rename, move or remove a module, as the button says."""
    try:
        place = _change(module, request.POST)
    except ValidationError as error:
        return build_response(request, module.course, error.messages[0], 422)
    except StaleRevision:
        now = Course.objects.get(pk=module.course_id)
        words = _("Somebody else changed this meanwhile. Here is how it is now.")
        return build_response(request, now, words, 409)
    return redirect(f"/courses/{module.course.slug}/edit{place}")


@require_POST
@requires("course.edit", Module)
def order_activities(request: HttpRequest, module: Module) -> HttpResponse:
    """Take the new order of a module, as its list was dragged or moved by keys."""
    actions.order_activities(module, request.POST.getlist("order")[:1000])
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
@requires("course.edit", Module)
def conditions(request: HttpRequest, module: Module) -> HttpResponse:
    """Show and set what opens all that lies in the module; "more" saves nothing."""
    if request.method == "GET":
        return _conditions_page(request, module)
    if "more" in request.POST:
        return _conditions_page(request, module, request.POST)
    try:
        with transaction.atomic():
            actions.set_prerequisites(module, tree_of(request.POST), request.POST.get("seen", ""))
            audit.act(request.person.pk, "module.conditions-changed", "module", module.pk)
    except ValidationError as error:
        module.refresh_from_db(fields=["prerequisites"])
        return _conditions_page(request, module, request.POST, error)
    messages.success(request, _("Saved."))
    return redirect(f"/courses/{module.course.slug}/modules/{module.pk}/conditions")


def _conditions_page(
    request: HttpRequest,
    module: Module,
    data: QueryDict | None = None,
    error: ValidationError | None = None,
) -> HttpResponse:
    context = course_context(request, module.course) | {
        "module": module,
        "conditions_url": f"/courses/{module.course.slug}/modules/{module.pk}/conditions",
        **conditions_form(module, data, error),
    }
    status = 409 if is_stale(error) else 422 if error else 200
    return render(request, "pages/module.html", context, status=status)


def _change(module: Module, data: QueryDict) -> str:
    """Do what the button says; return the place on the page to go back to, if there is one.

    Raises ValidationError, and StaleRevision if somebody else has renamed the module meanwhile.
    """
    form = TitleForm(data)
    if move := next((word for word in MOVES if word in data), ""):
        _move(module, move)
        return f"#{move if move in ('up', 'down') else 'more'}-{module.pk}"
    if "remove" in data:
        actions.remove_module(module)
    elif form.is_valid():
        actions.rename_module(module, whole(data.get("revision")), form.cleaned_data["title"])
    else:
        raise ValidationError(_("Write a title for the module."))
    return ""


def _move(module: Module, move: str) -> None:
    """Move the module among its siblings, into the one before it, or behind the one around it.

    Raises ValidationError where there is no such module.
    """
    siblings = _modules_in(module, module.parent)
    at = siblings.index(module)
    if move in ("up", "down"):
        actions.move_module(module, module.parent, max(at + (1 if move == "down" else -1), 0))
    elif move == "in" and at:
        before = siblings[at - 1]
        actions.move_module(module, before, len(_modules_in(module, before)))
    elif move == "out" and module.parent:
        outside = module.parent.parent
        place = _modules_in(module, outside).index(module.parent) + 1
        actions.move_module(module, outside, place)
    else:
        raise ValidationError(
            _("There is no module to put it into, or out of. Move it up or down.")
        )


def _modules_in(module: Module, parent: Module | None) -> list[Module]:
    """Return the modules of the same course that lie in the parent, in order."""
    rows = Module.objects.filter(course=module.course, parent=parent)
    return list(rows.order_by("position", "pk"))
