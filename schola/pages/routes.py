"""The routes that activity types declare, as addresses below the activity."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path
from django.utils.translation import gettext

from schola.courses.activity_types import Route, activity_types
from schola.courses.models import Activity
from schola.kernel.guard import ask_to_sign_in, find, reason_for, while_it_is_there
from schola.kernel.idempotency import idempotent
from schola.kernel.permissions import can
from schola.kernel.revision import StaleRevision
from schola.pages.views.activity import activity_response
from schola.pages.views.course import whose
from schola.pages.views.edit import refusal
from schola.pages.working import may_work, must_go_on


def item_routes() -> list[URLPattern]:
    """Return one address per path that any activity type declares, below that of an activity."""
    by_path: dict[str, dict[str, list[Route]]] = {}
    for kind in activity_types:
        for route in kind.routes:
            by_path.setdefault(route.path, {}).setdefault(kind.key, []).append(route)
    return [path(where, ItemRoute(kinds)) for where, kinds in by_path.items()]


class ItemRoute:
    """One address, answered by the type of the activity that it names."""

    model = Activity

    def __init__(self, kinds: dict[str, list[Route]]) -> None:
        self.kinds = kinds
        self.capability = " | ".join(
            sorted({route.capability for routes in kinds.values() for route in routes})
        )

    def __call__(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.person is None:
            return ask_to_sign_in(request)
        activity = find(request, "course.view", Activity, kwargs)
        routes = self.kinds.get(activity.kind)
        if routes is None:
            raise Http404
        for route in routes:
            if request.method in route.methods:
                if not can(request.person, route.capability, activity):
                    raise PermissionDenied(reason_for(route.capability))
                if route.begun:
                    must_go_on(activity)
                elif route.capability == "activity.attempt":
                    may_work(request.person, activity)
                with while_it_is_there(activity):
                    return self._answer(route, request, activity, kwargs)
        return HttpResponseNotAllowed({m for route in routes for m in route.methods})

    def _answer(
        self, route: Route, request: HttpRequest, activity: Activity, words: dict[str, Any]
    ) -> HttpResponse:
        """Let the type answer; what it refuses is said on the page of the draft, or its own."""
        try:
            return idempotent(route.view)(request, activity, **words)
        except ValidationError as error:
            said, status = error, 422
        except StaleRevision:
            words = gettext("Somebody else changed this meanwhile. Reload the page.")
            said, status = ValidationError(words), 409
            activity.refresh_from_db(fields=["draft"])
        if route.capability == "activity.edit":
            return refusal(request, activity, said, status)
        state, look = whose(request, activity.course)
        return activity_response(request, activity, state, look, error=said, status=status)
