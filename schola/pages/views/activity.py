"""An activity: shown to whoever may see it, worked on by learners."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from schola.courses.activity_types import Visit, activity_types, published_config
from schola.courses.models import Activity, ActivityVersion
from schola.courses.structure import is_shown
from schola.enrollment.models import Enrollment
from schola.kernel.guard import requires
from schola.kernel.numbers import whole
from schola.kernel.permissions import can
from schola.pages.outline import rail
from schola.pages.state import State
from schola.pages.views.course import Look, course_context, whose
from schola.pages.working import may_work
from schola.records.actions import record, saw, spend, tick

MOST_AT_ONCE = 60  # seconds that one call may add


@require_GET
@requires("course.view", Activity)
def activity_page(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Show the activity. A learner's look is counted, and durable before the page is sent."""
    state, look = whose(request, activity.course)
    facts = state.structure.by_id[activity.pk]
    if not facts.published_id and (look or not can(request.person, "activity.edit", activity)):
        raise Http404
    if reason := state.locks.get(activity.pk):
        return _locked(request, activity, reason, look)
    if (
        state.seat_id
        and not look
        and is_shown(activity.course, activity.pk)
        and "prefetch" not in request.headers.get("Sec-Purpose", "")
    ):
        seat = Enrollment(pk=state.seat_id, person_id=request.person.pk)
        if saw(seat, facts, first=activity.pk not in state.seen):
            state = _with_first_view(state, facts)
    return activity_response(request, activity, state, look)


@require_POST
@requires("activity.attempt", Activity)
def activity_act(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Let the activity type judge what the learner sent, then record the result."""
    state = may_work(request.person, activity)
    visit = visit_of(request, activity, state)
    try:
        if "done" in request.POST:
            tick(state.seat_id, activity.pk, request.POST["done"] == "1")
            return redirect(_after(activity, state, request.POST["done"] == "1"))
        result = activity_types[activity.kind].act(visit, request.POST)
    except ValidationError as error:
        return activity_response(request, activity, state, Look(), error=error, status=422)
    record(state.seat_id, activity.pk, result)
    return redirect(visit.url)


@require_POST
@requires("activity.attempt", Activity)
def time_spent(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Count the seconds for which the page was in front of its learner."""
    state = may_work(request.person, activity)
    step = spend(state.seat_id, activity.pk, min(whole(request.POST.get("seconds")), MOST_AT_ONCE))
    return JsonResponse({"done": step.finished_at is not None})


def activity_response(
    request: HttpRequest,
    activity: Activity,
    state: State,
    look: Look,
    *,
    error: ValidationError | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page of an activity: its own template inside the lesson frame."""
    kind = activity_types[activity.kind]
    visit = visit_of(request, activity, state, looking=bool(look))
    structure = state.structure
    module = structure.module_by_id[activity.module_id]
    before, after = structure.neighbours(activity.pk)
    shown = [each for each in module.activities if each.published_id]
    context = course_context(request, activity.course) | {
        "activity": activity,
        "kind": kind,
        "visit": visit,
        "state": state,
        "look": look,
        "module": module,
        "above": " › ".join(each.title for each in structure.above(module.id)),
        "rail": rail(state, module, state.locks, activity.pk, look.query),
        "number": next((n for n, each in enumerate(shown, 1) if each.id == activity.pk), 0),
        "count": len(shown),
        "before": before,
        "after": after,
        "done": activity.pk in state.finished,
        "grade": state.grades.get(activity.pk),
        "error": error,
        "template": kind.template,
        **kind.show(visit),
    }
    response = render(request, "pages/activity.html", context, status=status)
    response.policy = getattr(kind, "policy", {})
    return response


def visit_of(
    request: HttpRequest, activity: Activity, state: State, looking: bool = False
) -> Visit:
    """Return who is in front of which version. Authors without a seat see the draft."""
    facts = state.structure.by_id[activity.pk]
    seat_id = None if looking else state.seat_id
    draft = state.watching and can(request.person, "activity.edit", activity)
    return Visit(
        activity=facts,
        config=config_of(activity, draft=draft),
        person_id=request.person.pk,
        seat_id=seat_id,
        version_id=facts.published_id,
        course_slug=activity.course.slug,
        saves_data=request.headers.get("Save-Data") == "on",
        session_id=request.session_id,
    )


def config_of(activity: Activity, draft: bool = False) -> Any:
    """Return what the activity says: published, or the draft for its authors."""
    if activity.published_id and not (draft and activity.draft_id != activity.published_id):
        return published_config(activity.published_id)
    return ActivityVersion.objects.values_list("config", flat=True).get(pk=activity.draft_id)


def _with_first_view(state: State, facts: Any) -> State:
    seen = state.seen | {facts.id}
    if facts.rule.get("when", "viewed") == "viewed":
        return replace(state, seen=seen, finished=state.finished | {facts.id})
    return replace(state, seen=seen)


def _locked(request: HttpRequest, activity: Activity, reason: str, look: Look) -> HttpResponse:
    context = course_context(request, activity.course) | {
        "activity": activity,
        "reason": reason,
        "look": look,
        "title": _("Not open yet"),
    }
    return render(request, "pages/locked.html", context, status=403)


def _after(activity: Activity, state: State, done: bool) -> str:
    base = f"/courses/{activity.course.slug}"
    _before, after = state.structure.neighbours(activity.pk)
    return f"{base}/{after.key}" if done and after else f"{base}/{activity.key}"
