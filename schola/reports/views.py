"""Reports on a page, as CSV and as XLSX: the same rows in all three."""

import io
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.views.decorators.http import require_GET

from schola.kernel import audit
from schola.kernel.guard import requires
from schola.kernel.numbers import shown_percent
from schola.kernel.permissions import reach
from schola.kernel.sheetwriter import csv_chunks, write_xlsx
from schola.reports.report import Column, Report, Row, reports

PAGE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@requires("course.people", anywhere=True)
def report_list(request: HttpRequest) -> HttpResponse:
    """Show the reports that the person may read."""
    mine = [report for report in reports if reach(request.person, report.capability)]
    may_audit = reach(request.person, "audit.view").organization
    return render(request, "reports/list.html", {"reports": mine, "may_audit": may_audit})


@require_GET
@requires("course.people", anywhere=True)
def report_page(request: HttpRequest, key: str) -> HttpResponse:
    """Show one report with its filters."""
    report = _report(request, key)
    form = report.form(request.person, request.GET or None)
    sort = request.GET.get("sort", "name")
    page = None
    if form.is_valid():
        rows = list(report.rows(request.person, form.cleaned_data, sort))
        page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    filters = {name: value for name, value in form.data.items() if name != "page"}
    context = {
        "report": report,
        "form": form,
        "page": page,
        "columns": [_head(column, sort) for column in report.columns()],
        "rows": [_shown(report, row) for row in page.object_list] if page is not None else [],
        "query": urlencode({name: filters[name] for name in filters if name != "sort"}),
        "full_query": urlencode(filters),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "reports/report.html", context, status=status)


@require_GET
@requires("course.people", anywhere=True)
def report_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Send the report as a file. Looks at many people's data are in the audit trail."""
    report = _report(request, key)
    form = report.form(request.person, request.GET)
    if kind not in ("csv", "xlsx") or not form.is_valid():
        raise Http404
    rows = report.rows(request.person, form.cleaned_data, request.GET.get("sort", "name"))
    audit.read(request.person.pk, f"report.{kind}", "report", key)
    columns = report.columns()
    names, cells = [str(column.label) for column in columns], _cells(columns, rows)
    disposition = {"Content-Disposition": f'attachment; filename="{key}.{kind}"'}
    if kind == "csv":
        chunks = csv_chunks(names, list(cells))
        return StreamingHttpResponse(chunks, content_type="text/csv", headers=disposition)
    out = io.BytesIO()
    percents = {n for n, column in enumerate(columns) if column.kind == "percent"}
    write_xlsx(out, names, cells, percents)
    return HttpResponse(out.getvalue(), content_type=XLSX, headers=disposition)


def _report(request: HttpRequest, key: str) -> Report:
    if key not in reports or not reach(request.person, reports[key].capability):
        raise Http404
    return reports[key]


def _cells(columns: list[Column], rows: Iterable[Row]) -> Iterable[list[Any]]:
    for row in rows:
        yield [row[column.key] for column in columns]


def _head(column: Column, sort: str) -> dict[str, Any]:
    now = {column.key: "ascending", f"-{column.key}": "descending"}
    following = f"-{column.key}" if sort == column.key else column.key
    return {"column": column, "direction": now.get(sort), "sort": following}


def _shown(report: Report, row: Row) -> list[dict[str, Any]]:
    return [
        {
            "label": column.label,
            "kind": column.kind,
            "text": _text(column, row[column.key]),
            "url": row.get(column.leads, ""),
        }
        for column in report.columns()
    ]


def _text(column: Column, value: Any) -> str:
    if value is None:
        return ""
    match column.kind:
        case "percent":
            return shown_percent(value)
        case "moment":
            return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
        case "number":
            return formats.number_format(value)
    return str(value)
