"""Writing one activity: its draft, what it is worth, when it is finished, what opens it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from schola.courses import actions
from schola.courses.activity_types import activity_types
from schola.courses.models import Activity
from schola.courses.structure import structure_of
from schola.kernel.guard import requires
from schola.kernel.revision import StaleRevision
from schola.pages.forms import ActivityForm
from schola.pages.views.course import course_context

EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"  # Tiptap's one style


@require_http_methods(["GET", "POST"])
@requires("activity.edit", Activity)
def edit_activity(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Show and save the draft; "publish" shows it to learners."""
    kind = activity_types[activity.kind]
    if request.method == "GET":
        general = ActivityForm(initial=ActivityForm.values(activity), kind=kind)
        own = kind.settings_form(initial=kind.initial(activity.draft.config))
        return _page(request, activity, general, own)
    general = ActivityForm(request.POST, kind=kind)
    own = kind.settings_form(request.POST)
    if not (general.is_valid() and own.is_valid()):
        return _page(request, activity, general, own, status=422)
    try:
        _save(activity, general, own.cleaned_data, publish="publish" in request.POST)
    except StaleRevision:
        general.add_error(None, _("Somebody else changed this meanwhile. Open it in another tab."))
        return _page(request, activity, general, own, status=409)
    except ValidationError as error:
        general.add_error(None, error)
        return _page(request, activity, general, own, status=422)
    messages.success(request, _("Saved."))
    return redirect(f"/courses/{activity.course.slug}/edit#{activity.key}")


def refusal(request: HttpRequest, activity: Activity, error: ValidationError) -> HttpResponse:
    """Show the page of the draft with what is wrong with what was sent to it."""
    messages.error(request, " ".join(error.messages))
    kind = activity_types[activity.kind]
    general = ActivityForm(initial=ActivityForm.values(activity), kind=kind)
    own = kind.settings_form(initial=kind.initial(activity.draft.config))
    return _page(request, activity, general, own, status=422)


@require_POST
@requires("activity.edit", Activity)
def autosave(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Keep what is being written in the draft; nothing that learners see changes."""
    own = activity_types[activity.kind].settings_form(request.POST)
    if not own.is_valid():
        return JsonResponse({"error": _("Not saved yet: something is missing.")}, status=422)
    try:
        seen = int(request.POST.get("draft_revision", ""))
        draft = actions.save_draft(activity, _merged(activity, own.cleaned_data), seen)
    except ValueError:
        return JsonResponse({"error": _("Reload the page.")}, status=422)
    except StaleRevision as stale:
        words = _("Somebody else changed this meanwhile. Reload the page.")
        return JsonResponse({"error": words, "revision": stale.current}, status=409)
    return JsonResponse({"revision": draft.revision})


@require_POST
@requires("activity.edit", Activity)
def conditions(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Set what opens the activity: all or any of the chosen activities, from a date on."""
    leaves: list[dict[str, Any]] = [
        {"kind": "completion", "activity": int(pk)}
        for pk in request.POST.getlist("after")
        if pk.isdigit()
    ]
    if request.POST.get("any") and len(leaves) > 1:
        leaves = [{"any": leaves}]
    tree = {"all": leaves} if leaves else None
    try:
        actions.set_prerequisites(activity, tree)
    except ValidationError as error:
        kind = activity_types[activity.kind]
        general = ActivityForm(initial=ActivityForm.values(activity), kind=kind)
        own = kind.settings_form(initial=kind.initial(activity.draft.config))
        context = {"conditions_error": error.messages[0]}
        return _page(request, activity, general, own, status=422, **context)
    return redirect(f"/courses/{activity.course.slug}/{activity.key}/edit#conditions")


@transaction.atomic
def _save(
    activity: Activity, general: ActivityForm, config: dict[str, Any], *, publish: bool
) -> None:
    words = general.cleaned_data
    actions.change_activity(activity, words["revision"], **general.changes())
    actions.save_draft(activity, _merged(activity, config), words["draft_revision"])
    if publish:
        actions.publish_activity(activity)


def _merged(activity: Activity, config: dict[str, Any]) -> dict[str, Any]:
    """Return the new config: what the form does not hold, such as uploaded files, stays."""
    return {**activity.draft.config, **config}


def _page(
    request: HttpRequest,
    activity: Activity,
    general: ActivityForm,
    own: Any,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    kind = activity_types[activity.kind]
    structure = structure_of(activity.course)
    chosen = str(activity.prerequisites or "")
    others = [
        {"id": each.id, "title": each.title, "chosen": f"'activity': {each.id}}}" in chosen}
        for each in structure.activities
        if each.id != activity.pk
    ]
    context = course_context(request, activity.course) | {
        "activity": activity,
        "kind": kind,
        "general": general,
        "own": own,
        "others": others,
        "any": "'any'" in chosen,
        "is_draft": activity.draft_id != activity.published_id,
        "config": activity.draft.config,
        "editor": hasattr(own.fields.get("body"), "widget")
        and "ProseEditor" in type(own.fields["body"].widget).__name__,
        **kind.editing(activity.draft.config),
        **more,
    }
    response = render(request, kind.edit_template, context, status=status)
    if context["editor"]:
        response.policy = {"style-src": f"'self' {EDITOR_STYLE}"}
    return response
