"""Settings, Demo school: taking it away by one click."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from schola.demo.actions import demo_is_in, hand_over, remove_in_background
from schola.demo.forms import SuccessorForm
from schola.demo.school import MAIL_DOMAIN
from schola.kernel import audit
from schola.kernel.guard import requires
from schola.people.sessions import open_session, set_cookie


@require_http_methods(["GET", "POST"])
@requires("school.edit")
def demo_school(request: HttpRequest) -> HttpResponse:
    """Say whether the demo school is there, and take it away.

    Somebody of the demo school says who becomes the administrator in their place.
    """
    is_there = demo_is_in(request.organization)
    if request.method == "POST" and not is_there:
        return redirect("/settings/demo")
    if is_there and (request.person.email or "").endswith(MAIL_DOMAIN):
        return _succeed(request)
    if request.method == "POST":
        with transaction.atomic():
            _write_removal(request)
            remove_in_background.enqueue()
        messages.success(request, _("The demo school is being taken away."))
        return redirect("/settings/jobs")
    return render(request, "demo/demo_school.html", {"is_there": is_there})


def _succeed(request: HttpRequest) -> HttpResponse:
    """Ask who becomes the administrator; make them, take the demo away, and sign them in."""
    form = SuccessorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            token = _hand_over(request, form.cleaned_data)
        except ValidationError as error:
            form.add_error("email", error)
        else:
            messages.success(
                request,
                _("The demo school is gone, and you are the administrator. Give the school "
                  "its own name and colour under Settings."),
            )  # fmt: skip
            response = redirect("/")
            set_cookie(response, token)
            return response
    status = 422 if request.method == "POST" else 200
    context = {"is_there": True, "form": form}
    return render(request, "demo/demo_school.html", context, status=status)


@transaction.atomic
def _hand_over(request: HttpRequest, words: dict[str, str]) -> str:
    """Return the token with which the new administrator is signed in."""
    person = hand_over(
        words["full_name"], words["email"], words["password"], by=request.person
    )  # fmt: skip
    audit.act(request.person.pk, "person.added", "person", person.pk)
    for grant in person.grants.select_related("role").order_by("pk"):
        given = {"role": grant.role.label}
        audit.act(request.person.pk, "person.give-role", "person", person.pk, after=given)
    _write_removal(request)
    return open_session(request, person)


def _write_removal(request: HttpRequest) -> None:
    audit.act(request.person.pk, "demo.removed", "organization", request.organization.pk)
