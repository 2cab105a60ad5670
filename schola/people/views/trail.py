"""The audit trail on a page and as a file, for administrators and auditors."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from schola.kernel import audit
from schola.kernel.audit.words import acts
from schola.kernel.guard import requires
from schola.kernel.numbers import whole
from schola.kernel.permissions import reach
from schola.kernel.sheetwriter import csv_chunks
from schola.people.forms import DAYS
from schola.people.trail import all_in_words, entries, in_words

PAGE = 50


def _act_choices() -> list[tuple[str, Any]]:
    """Return the acts by their words; what is called the same stands there once."""
    once = {str(label): key for key, label in reversed(acts.items())}
    return [("", _("All")), *sorted(((key, label) for label, key in once.items()), key=_label)]


def _label(choice: tuple[str, str]) -> str:
    return choice[1].casefold()


class TrailForm(forms.Form):
    who = forms.CharField(label=gettext_lazy("Person"), max_length=100, required=False)
    act = forms.ChoiceField(label=gettext_lazy("What"), required=False, choices=_act_choices)
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, validators=DAYS,
        widget=forms.DateInput(attrs={"type": "date", "max": "2199-12-31"}, format="%Y-%m-%d"),
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("To"), required=False, validators=DAYS,
        widget=forms.DateInput(attrs={"type": "date", "max": "2199-12-31"}, format="%Y-%m-%d"),
    )  # fmt: skip


@require_GET
@requires("audit.view")
def trail(request: HttpRequest) -> HttpResponse:
    """Show what staff did, the last first, one page at a time."""
    form = TrailForm(request.GET)
    rows: list = []
    if form.is_valid():
        found = entries(**form.cleaned_data)
        if before := whole(request.GET.get("before")):
            found = found.filter(pk__lt=before)
        rows = list(found[: PAGE + 1])
    query = request.GET.copy()
    query.pop("before", None)
    context = {
        "form": form,
        "told": in_words(rows[:PAGE], request.person),
        "older": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "is_first": not request.GET.get("before"),
        "query": query.urlencode(),
        "may_set_up": reach(request.person, "school.edit").organization,
    }
    return render(request, "people/trail.html", context, status=200 if form.is_valid() else 422)


@require_GET
@requires("audit.view")
def trail_file(request: HttpRequest) -> HttpResponseBase:
    """Send what the page shows as CSV, all of it. That somebody took it is in the trail, too."""
    form = TrailForm(request.GET)
    if not form.is_valid():
        return HttpResponse(_("Write the dates as 2026-11-25."), status=422)
    found = entries(**form.cleaned_data)
    audit.read(request.person.pk, "audit.csv", "trail")
    columns = [_("When"), _("By"), _("What"), _("Kind"), _("On what")]
    rows = (
        [
            _at(told.at),
            told.by.name,
            told.what,
            told.kind,
            told.on.name,
        ]
        for told in all_in_words(found, request.person)
    )
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return StreamingHttpResponse(
        csv_chunks(columns, rows), content_type="text/csv", headers=headers
    )


def _at(moment: datetime) -> str:
    """Return a moment where the reader is, as spreadsheets understand it."""
    return timezone.localtime(moment).isoformat(" ", "seconds")
