"""The doors: signing in and out, accepting an invitation, setting a new password."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from schola.kernel.guard import public, signed_in
from schola.people.actions import accept, send_reset, sign_in
from schola.people.actions.invitations import read_token
from schola.people.forms import AcceptForm, ResetForm, SignInForm
from schola.people.models import Person
from schola.people.sessions import COOKIE, close_session, open_session, set_cookie


@public("the door itself")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Let somebody in by their address and password, and take them where they were going."""
    target = _target(request)
    if request.method == "GET":
        if request.person:
            return redirect(target)
        return _door(request, SignInForm(), target)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _door(request, form, target, 422)
    words = form.cleaned_data
    try:
        person = sign_in(words["email"], words["password"], request.META.get("REMOTE_ADDR") or None)
    except ValidationError as error:
        form.add_error(None, error)
        return _door(request, form, target, 429 if error.code == "slow" else 422)
    return _let_in(request, person, target)


@require_POST
@signed_in
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    close_session(request.session_id)
    response = redirect("/signin")
    response.delete_cookie(COOKIE, path="/")
    return response


@public("who has forgotten the password cannot sign in")
@require_http_methods(["GET", "POST"])
def reset_page(request: HttpRequest) -> HttpResponse:
    """Send a link for a new password. The answer is the same whoever's address it is."""
    form = ResetForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent:
        send_reset(form.cleaned_data["email"])
    status = 422 if request.method == "POST" and not sent else 200
    return render(request, "people/reset.html", {"form": form, "sent": sent}, status=status)


@public("the link is the key")
@never_cache
@require_http_methods(["GET", "POST"])
def accept_page(request: HttpRequest, token: str) -> HttpResponse:
    """Take an invitation or set a new password, and go straight in."""
    try:
        found = read_token(token)
    except ValidationError as error:
        context = {"error": error.messages[0]}
        return render(request, "people/accept.html", context, status=410)
    form = AcceptForm(request.POST or None, initial={"full_name": found.person.full_name})
    context = {"form": form, "invitation": found.kind == "invitation", "email": found.person.email}
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            person = accept(token, words["password"], words["full_name"])
        except ValidationError as error:
            form.add_error("password", error)
        else:
            return _let_in(request, person, "/")
    status = 422 if request.method == "POST" else 200
    return render(request, "people/accept.html", context, status=status)


def _door(request: HttpRequest, form: SignInForm, target: str, status: int = 200) -> HttpResponse:
    return render(request, "people/sign_in.html", {"form": form, "next": target}, status=status)


def _target(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith("/")
    return target if safe else "/"


@transaction.atomic
def _let_in(request: HttpRequest, person: Person, target: str) -> HttpResponse:
    if request.session_id:
        close_session(request.session_id)
    response = redirect(target)
    set_cookie(response, open_session(request, person))
    return response
