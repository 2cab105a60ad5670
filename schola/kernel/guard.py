"""The door of every view. A view without one of these marks is refused by a test.

@requires("course.edit", Course)     the thing from the address, and the right to it
@requires("jobs.view")               the right in the whole organization
@requires("people.list", anywhere=True)  the right somewhere; the view keeps to `allowed`
@signed_in                           anybody who is somebody
@public("why")                       everybody

Behind a door a request that comes twice under one key is done once: see kernel.idempotency.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import DatabaseError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from schola.kernel.idempotency import idempotent
from schola.kernel.permissions import can, capabilities, reach

SIGN_IN = "/signin"


def requires(
    capability: str, model: type[Model] | None = None, *, anywhere: bool = False
) -> Callable:
    """Guard a view by a capability, on the thing that the address names if a model is given.

    Without a model it has to be held in the whole organization, or with `anywhere` in some course
    or group: then the view shows and changes only what `allowed` leaves.

    The model's ``from_url(kwargs)`` takes its words out of the address and returns the thing. What
    the person may not see is answered as what is not there; what they may see but not do this
    with, by 403 and the reason.
    """

    def guard(view: Callable) -> Callable:
        once = idempotent(view)

        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.person is None:
                return ask_to_sign_in(request)
            if model is None:
                span = reach(request.person, capability)
                if not (span if anywhere else span.organization):
                    raise PermissionDenied(reason_for(capability))
                return once(request, **kwargs)
            thing = find(request, capability, model, kwargs)
            with while_it_is_there(thing):
                return once(request, thing, **kwargs)

        guarded.capability = capability
        guarded.model = model
        return guarded

    return guard


def find(request: HttpRequest, capability: str, model: type[Model], kwargs: dict[str, Any]) -> Any:
    """Return the thing that the address names, on which the person holds the capability.

    Raises Http404 if it is not there for them, PermissionDenied if they may only look at it.
    """
    try:
        thing = model.from_url(kwargs)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    if can(request.person, capability, thing):
        return thing
    if can(request.person, model.view_capability, thing):
        raise PermissionDenied(reason_for(capability))
    raise Http404


@contextmanager
def while_it_is_there(thing: Model) -> Iterator[None]:
    """Raise Http404 for what fails only because somebody else deleted the thing meanwhile."""
    pk = thing.pk
    try:
        yield
    except (ObjectDoesNotExist, DatabaseError) as error:
        if type(thing)._base_manager.filter(pk=pk).exists():
            raise
        raise Http404 from error


def signed_in(view: Callable) -> Callable:
    """Guard a view that everybody who has signed in may open."""
    once = idempotent(view)

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.person is None:
            return ask_to_sign_in(request)
        return once(request, **kwargs)

    guarded.capability = "signed in"
    guarded.model = None
    return guarded


def public(reason: str) -> Callable:
    """Mark a view that needs no right, and say why."""

    def mark(view: Callable) -> Callable:
        view.capability = "public"
        view.model = None
        view.reason = reason
        return view

    return mark


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a reader to the sign-in page and back; answer 401 to anything that would write."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(_("Sign in and try again."), status=401, content_type="text/plain")
    where = quote(request.get_full_path(), safe="/?=&")
    return HttpResponse(status=302, headers={"Location": f"{SIGN_IN}?next={quote(where)}"})


def reason_for(capability: str) -> str:
    """Return in words that a role lacks the capability."""
    label = _(capabilities[capability].label)
    return _("Your role does not include “%(what)s”. Ask an administrator.") % {"what": label}
