"""A person's record: on a page that can be printed, and as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from schola.kernel import audit
from schola.kernel.guard import requires, signed_in
from schola.kernel.permissions import can
from schola.kernel.sheetwriter import csv_chunks
from schola.pages.records import Learned, learned, seats_for
from schola.people.models import Person
from schola.people.tabs import people_url, person_tabs


@require_GET
@signed_in
def my_record(request: HttpRequest) -> HttpResponse:
    """Show the person's own record."""
    return _page(request, request.person.pk)


@require_GET
@requires("grade.view", anywhere=True)
def learning(request: HttpRequest, person: int) -> HttpResponse:
    """Show what a person has learned, as far as the reader may see it."""
    return _page(request, person)


def _page(request: HttpRequest, person: int) -> HttpResponse:
    who, rows = _record(request, person)
    context = {
        "who": who,
        "rows": rows,
        "people_url": people_url(request.person),
        "tabs": person_tabs(request.person, who, "learning"),
        "own": who.pk == request.person.pk,
    }
    return render(request, "pages/record.html", context)


@require_GET
@requires("grade.view", anywhere=True)
def learning_file(request: HttpRequest, person: int) -> HttpResponse:
    """Send the same rows as a file."""
    who, rows = _record(request, person)
    columns = [
        _("Course"), _("Started"), _("Steps done"), _("Steps"), _("Grade"), _("Completed"),
        _("Certificate"), _("Attempts"), _("Minutes"), _("Last seen"),
    ]  # fmt: skip
    chunks = csv_chunks(columns, [_cells(row) for row in rows])
    headers = {"Content-Disposition": f'attachment; filename="record-{who.pk}.csv"'}
    return HttpResponse(b"".join(chunks), content_type="text/csv", headers=headers)


def _record(request: HttpRequest, pk: int) -> tuple[Person, list[Learned]]:
    """Return the person and their rows. Looking at somebody else's is in the audit trail.

    Raises Http404 if the reader may see neither the person nor one of their courses.
    """
    who = Person.objects.filter(pk=pk).first()
    if who is None:
        raise Http404
    rows = learned(seats_for(request.person, who), request.person)
    if not rows and not can(request.person, "people.view", who):
        raise Http404
    if who.pk != request.person.pk:
        audit.read(request.person.pk, "record", "person", who.pk)
    return who, rows


def _cells(row: Learned) -> list[object]:
    grade = None if row.fraction is None else float(row.fraction)
    return [
        row.title, row.started_at, row.finished, row.total, grade, row.completed_at,
        row.certificate, row.attempts, row.minutes, row.last_at,
    ]  # fmt: skip
