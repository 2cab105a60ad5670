"""The first run, and the school's own settings."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from schola.kernel import audit
from schola.kernel.guard import public, requires
from schola.kernel.models import Organization
from schola.kernel.tenants import acting_in
from schola.people.actions.schools import change_school, set_up
from schola.people.colors import brand_css, check_color
from schola.people.forms import AdministratorForm
from schola.people.sessions import open_session, set_cookie
from schola.people.zones import former_names, name_today, zone_choices

FOR_EVER = "public, max-age=31536000, immutable"


class SchoolForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the school"), max_length=120)
    brand_color = forms.RegexField(
        "^#[0-9a-fA-F]{6}$",
        label=gettext_lazy("Colour"),
        initial="#01614d",
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), choices=zone_choices, initial="UTC"
    )

    def clean_brand_color(self) -> str:
        return check_color(self.cleaned_data["brand_color"])


class FirstRunForm(AdministratorForm, SchoolForm):
    """The school and its first administrator."""


@public("there is nobody yet who could sign in")
@require_http_methods(["GET", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """Set the site up: the school and its first administrator. Only while it is empty."""
    if Organization.objects.exists():
        raise Http404
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        who = [words.pop(name) for name in ("full_name", "email", "password")]
        try:
            person = set_up(words, *who)
        except ValidationError as error:
            form.add_error("email", error)
        else:
            response = redirect("/")
            with acting_in(person.organization_id):
                set_cookie(response, open_session(request, person))
            return response
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "former": former_names()}
    return render(request, "people/first_run.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("school.edit")
def school_settings(request: HttpRequest) -> HttpResponse:
    """Show and save how the school looks and speaks."""
    school = request.organization
    names = ("name", "brand_color", "language", "time_zone")
    before = {name: getattr(school, name) for name in names}
    initial = before | {"time_zone": name_today(school.time_zone)}
    form = SchoolForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_school(school, **form.cleaned_data)
        audit.act(
            request.person.pk, "school.changed", "organization", school.pk, before,
            form.cleaned_data,
        )  # fmt: skip
        messages.success(request, _("Saved."))
        return redirect("/settings/school")
    status = 422 if request.method == "POST" else 200
    return render(request, "people/school.html", {"form": form}, status=status)


@require_GET
@public("a style sheet; it names a colour and nothing else")
def brand(request: HttpRequest, color: str) -> HttpResponse:
    """Return the style sheet of a colour."""
    css = brand_css(f"#{color}")
    return HttpResponse(css, content_type="text/css", headers={"Cache-Control": FOR_EVER})
