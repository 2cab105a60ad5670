"""Writing one activity: its draft, what it is worth, when it is finished, what opens it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_prose_editor.widgets import ProseEditorWidget

from schola.courses import actions
from schola.courses.activity_types import activity_types
from schola.courses.models import Activity
from schola.kernel import audit
from schola.kernel.guard import requires
from schola.kernel.numbers import whole
from schola.kernel.revision import StaleRevision
from schola.pages.conditions import conditions_form, is_stale, tree_of
from schola.pages.everyone import findings_of
from schola.pages.forms import ActivityForm
from schola.pages.titles import title_from
from schola.pages.views.course import course_context

EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"  # Tiptap's one style


@require_http_methods(["GET", "POST"])
@requires("activity.edit", Activity)
def edit_activity(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Show and save the draft; "publish" shows it to learners."""
    kind = activity_types[activity.kind]
    if request.method == "GET":
        return _as_saved(request, activity)
    general = ActivityForm(request.POST, kind=kind)
    own = kind.settings_form(request.POST)
    if not (general.is_valid() and own.is_valid()):
        return _page(request, activity, general, own, status=422)
    try:
        with transaction.atomic():
            _save(activity, general, own.cleaned_data, publish="publish" in request.POST)
            if "publish" in request.POST:
                audit.act(request.person.pk, "activity.published", "activity", activity.pk)
    except StaleRevision:
        general.add_error(None, _("Somebody else changed this meanwhile. Open it in another tab."))
        return _page(request, activity, general, own, status=409)
    except ValidationError as error:
        general.add_error(None, error)
        return _page(request, activity, general, own, status=422)
    messages.success(request, _told(activity, publish="publish" in request.POST))
    return redirect(f"/courses/{activity.course.slug}/{activity.key}/edit")


def _told(activity: Activity, *, publish: bool) -> str:
    if not publish:
        return _("Saved.")
    if activity.course.published_at:
        return _("Saved. Learners see it now.")
    return _("Published. Learners see it when the course is published.")


def refusal(
    request: HttpRequest, activity: Activity, error: ValidationError, status: int = 422
) -> HttpResponse:
    """Show the page of the draft with what is wrong with what was sent to it."""
    messages.error(request, " ".join(error.messages))
    return _as_saved(request, activity, status=status)


@require_POST
@requires("activity.edit", Activity)
def autosave(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Keep what is being written in the draft; nothing that learners see changes."""
    own = activity_types[activity.kind].settings_form(request.POST)
    if not own.is_valid():
        return JsonResponse({"error": _("Not saved yet: something is missing.")}, status=422)
    try:
        return JsonResponse(_kept(activity, _merged(activity, own.cleaned_data), request.POST))
    except ValueError:
        return JsonResponse({"error": _("Reload the page.")}, status=422)
    except StaleRevision as stale:
        words = _("Somebody else changed this meanwhile. Reload the page.")
        return JsonResponse({"error": words, "revision": stale.current}, status=409)


@transaction.atomic
def _kept(activity: Activity, config: dict[str, Any], data: QueryDict) -> dict[str, int]:
    """Keep the draft, and its title as long as no learner sees it; return the new revisions."""
    draft = actions.save_draft(activity, config, int(data.get("draft_revision", "")))
    if "title" not in data or activity.published_id:
        return {"revision": draft.revision}
    title = data["title"].strip()[:160] or title_from(activity_types[activity.kind], config)
    if title == activity.title:
        return {"revision": draft.revision}
    actions.change_activity(activity, whole(data.get("revision")), title=title)
    return {"revision": draft.revision, "activity": activity.revision}


@require_POST
@requires("activity.edit", Activity)
def conditions(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Set what opens the activity; "more" shows the form with one more row and saves nothing."""
    if "more" in request.POST:
        return _as_saved(request, activity, **conditions_form(activity, request.POST))
    try:
        with transaction.atomic():
            actions.set_prerequisites(activity, tree_of(request.POST), request.POST.get("seen", ""))
            act = "activity.conditions-changed"
            audit.act(request.person.pk, act, "activity", activity.pk)
    except ValidationError as error:
        activity.refresh_from_db(fields=["prerequisites"])
        shown = conditions_form(activity, request.POST, error)
        return _as_saved(request, activity, status=409 if is_stale(error) else 422, **shown)
    messages.success(request, _("Saved."))
    return redirect(f"/courses/{activity.course.slug}/{activity.key}/edit")


def _as_saved(request: HttpRequest, activity: Activity, **more: Any) -> HttpResponse:
    """Show the draft as it is saved, perhaps with more to say about it."""
    kind = activity_types[activity.kind]
    general = ActivityForm(initial=ActivityForm.values(activity), kind=kind)
    own = kind.settings_form(initial=kind.initial(activity.draft.config))
    return _page(request, activity, general, own, **more)


@transaction.atomic
def _save(
    activity: Activity, general: ActivityForm, config: dict[str, Any], *, publish: bool
) -> None:
    words, changes = general.cleaned_data, general.changes()
    changes["title"] = words["title"] or title_from(activity_types[activity.kind], config)
    actions.change_activity(activity, words["revision"], **changes)
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
    context = course_context(request, activity.course) | {
        "activity": activity,
        "kind": kind,
        "general": general,
        "own": own,
        "findings": findings_of(kind, activity.draft.config),
        "is_draft": activity.draft_id != activity.published_id,
        "config": activity.draft.config,
        "editor": any(isinstance(each.widget, ProseEditorWidget) for each in own.fields.values()),
        **kind.editing(activity.draft.config),
        **conditions_form(activity),
        "conditions_url": f"/courses/{activity.course.slug}/{activity.key}/conditions",
        **more,
    }
    response = render(request, kind.edit_template, context, status=status)
    if context["editor"]:
        response.policy = {"style-src": f"'self' {EDITOR_STYLE}"}
    return response
