"""One's own profile and sessions."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from schola.kernel.guard import signed_in
from schola.kernel.revision import StaleRevision
from schola.people.actions import change_person
from schola.people.forms import ProfileForm
from schola.people.sessions import close_others, open_sessions
from schola.people.zones import name_today

FIELDS = ("full_name", "called", "language", "time_zone", "theme", "revision")


@require_http_methods(["GET", "POST"])
@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    """Show and save what a person says of themselves, and where they are signed in."""
    me = request.person
    initial = {name: getattr(me, name) for name in FIELDS}
    initial["time_zone"] = name_today(me.time_zone)
    form = ProfileForm(request.POST or None, initial=initial)
    form.fields["language"].choices = [("", _("As the school")), *settings.LANGUAGES]
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _save(me, dict(form.cleaned_data))
            except (StaleRevision, ValidationError) as error:
                form.add_error(None, _words(error))
            else:
                messages.success(request, _("Saved."))
                return redirect("/me")
    sessions = open_sessions(me)
    context = {"form": form, "sessions": sessions, "here": request.session_id}
    return render(request, "people/me.html", context, status=status)


@require_POST
@signed_in
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign the person out everywhere else."""
    close_others(request.person, request.session_id)
    messages.success(request, _("You are signed in here only."))
    return redirect("/me")


def _save(me: object, words: dict) -> None:
    seen = words.pop("revision")
    change_person(me, seen, **words)


def _words(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return error.messages[0]
    return _("This was changed in another window. Reload the page.")
