"""Importing people: choose a file, see what it comes to, apply it, undo it."""

from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schola.kernel.files import path_of
from schola.kernel.guard import requires
from schola.kernel.live import live_url
from schola.kernel.models import Job
from schola.kernel.sheetwriter import csv_chunks, write_xlsx
from schola.people import imports
from schola.people.imports.actions import brakes
from schola.people.imports.columns import FIELDS
from schola.people.imports.undoing import made_groups, undoable
from schola.people.models import ImportRow, PersonImport

State = PersonImport.State
PAGE = 50
LISTED = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    "left": _("Left as they are"),
    "created": _("New"),
    "changed": _("Changed"),
    "suspended": _("Suspended"),
    "rejected": _("Rejected"),
    "unchanged": _("Unchanged"),
}
UNDONE = {
    "created": _("Removed again"),
    "changed": _("As before"),
    "suspended": _("Let in again"),
}
COLUMN_NAMES = {**FIELDS, "full_name": _("Name")}


class FileForm(forms.Form):
    file = forms.FileField(label=_("CSV or XLSX file"))


@require_http_methods(["GET", "POST"])
@requires("people.import")
def import_list(request: HttpRequest) -> HttpResponse:
    """Take a file and check it, or show the last imports."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = imports.begin(request.person, file, file.name)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect(f"/people/import/{row.pk}")
    last = PersonImport.objects.select_related("file", "by").order_by("-made_at", "-pk")[:LISTED]
    status = 422 if request.method == "POST" else 200
    return render(request, "people/imports.html", {"form": form, "last": last}, status=status)


@require_GET
@requires("people.import", PersonImport)
def import_page(request: HttpRequest, row: PersonImport) -> HttpResponse:
    """Show how far it is, what would change, or what has changed."""
    return import_response(request, row)


@require_POST
@requires("people.import", PersonImport)
def check(request: HttpRequest, row: PersonImport) -> HttpResponse:
    """Check the file again with the columns that were chosen."""
    columns = {
        field: request.POST[field] for field in FIELDS if request.POST.get(field) in row.header
    }
    try:
        imports.check_again(row, columns, suspend_missing="suspend_missing" in request.POST)
    except ValidationError as error:
        return import_response(request, row, error=error, status=409)
    return redirect(f"/people/import/{row.pk}")


@require_POST
@requires("people.import", PersonImport)
def apply(request: HttpRequest, row: PersonImport) -> HttpResponse:
    """Apply what was shown."""
    try:
        imports.apply(row, request.person, confirmed="confirmed" in request.POST)
    except ValidationError as error:
        row.refresh_from_db()
        return import_response(request, row, error=error, status=422)
    chosen = _chosen(request)
    return redirect(f"/people/import/{row.pk}" + (f"?kind={chosen}" if chosen else ""))


@require_POST
@requires("people.import", PersonImport)
def undo(request: HttpRequest, row: PersonImport) -> HttpResponse:
    """Take back what the import did."""
    try:
        imports.undo(row, request.person)
    except ValidationError as error:
        row.refresh_from_db()
        return import_response(request, row, error=error, status=409)
    return redirect(f"/people/import/{row.pk}")


@require_GET
@requires("people.import", PersonImport)
def rejected(request: HttpRequest, row: PersonImport) -> HttpResponseBase:
    """Send the rejected rows as they came, with a column that says why."""
    columns = [*row.header, str(_("Error"))]
    found = ImportRow.objects.filter(of=row, kind="rejected").order_by("number")
    rows = [[each.cells.get(name, "") for name in row.header] + [each.error] for each in found]
    if path_of(row.file.sha256).read_bytes()[:2] != b"PK":
        response = StreamingHttpResponse(csv_chunks(columns, rows), content_type="text/csv")
        ending = "csv"
    else:
        out = BytesIO()
        write_xlsx(out, columns, rows)
        response, ending = HttpResponse(out.getvalue(), content_type=XLSX), "xlsx"
    response["Content-Disposition"] = f'attachment; filename="rejected-{row.pk}.{ending}"'
    return response


def import_response(
    request: HttpRequest,
    row: PersonImport,
    *,
    error: ValidationError | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page of an import, or the part of it that renews itself."""
    context = _context(request, row) | {"error": error}
    template = "people/import.html"
    if "fragment" in request.GET:
        template = "people/import_fragment.html"
    return render(request, template, context, status=status)


def _context(request: HttpRequest, row: PersonImport) -> dict[str, Any]:
    job = Job.objects.filter(pk=row.job_id).first()
    working = row.state in (State.CHECKING, State.APPLYING, State.UNDOING)
    applied = row.state in (State.DONE, State.UNDONE)
    return _table(request, row) | {
        "chosen": _chosen(request),
        "makes": row.counts.get("makes", []) if row.state == State.CHECKED else [],
        "made": made_groups(row) if applied else [],
        "imported": row,
        "working": working,
        "failed": bool(working and job and job.state == Job.State.FAILED),
        "job": job,
        "fields": [(key, name, row.columns.get(key, "")) for key, name in FIELDS.items()],
        "brake": brakes(row) if row.state == State.CHECKED else 0,
        "spared": row.counts.get("spared", 0),
        "undoable": undoable(row) if row.state == State.DONE else {},
        "asked": "undo" in request.GET,
        "undo_url": f"/people/import/{row.pk}/undo",
        "applied": row.state in (State.DONE, State.UNDOING, State.UNDONE),
        "to_do": sum(row.counts.get(key, 0) for key in ("created", "changed", "suspended")),
        "live": live_url(row.organization_id, f"import-{row.pk}", request.session_id),
    }


def _table(request: HttpRequest, row: PersonImport) -> dict[str, Any]:
    """Return one page of the rows of one kind, with the kinds that there are."""
    shown = ImportRow.objects.filter(of=row).select_related("person").order_by("number")
    left = shown.exclude(left="")
    counts = row.counts | ({"left": left.count()} if row.state == State.UNDONE else {})
    tabs = [(key, name, counts[key]) for key, name in KINDS.items() if counts.get(key)]
    kind = _chosen(request)
    kind = kind if counts.get(kind) else next((key for key, _name, _n in tabs), "")
    found = left if kind == "left" else shown.filter(kind=kind)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return {
        "tabs": tabs,
        "kind": kind,
        "page": page,
        "rows": [_shown(each, row) for each in page],
        "left": counts.get("left", 0),
        "faults": shown.exclude(error="").exclude(kind="rejected").count(),
    }


def _chosen(request: HttpRequest) -> str:
    """Return which kind of rows was asked for, by the address or by a form; "" if none was."""
    kind = request.GET.get("kind") or request.POST.get("kind", "")
    return kind if kind in KINDS else ""


def _shown(row: ImportRow, of: PersonImport) -> dict[str, Any]:
    """Return a row as the page shows it: who, what changes, and what became of it."""
    makes = {name.casefold() for name in of.counts.get("makes", ())}
    makes = makes if of.state == State.CHECKED else set()
    told = row.cells if row.kind == "rejected" else {}
    return {
        "number": row.number if row.number > 0 else "",
        "cells": " · ".join(text for text in told.values() if text)[:200],
        "changes": [(COLUMN_NAMES[name], old, new) for name, (old, new) in row.changes.items()],
        "groups": ", ".join(name for name in row.groups if name.casefold() not in makes),
        "makes": [name for name in row.groups if name.casefold() in makes],
        "error": row.error,
        "person_id": row.person_id,
        "name": row.person.full_name if row.person else "",
        "left": row.left,
        "undone": UNDONE.get(row.kind, "") if row.undone_at and not row.left else "",
    }
