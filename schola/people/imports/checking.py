"""The dry run: each row of the file, compared with who is here."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schola.kernel.files import path_of
from schola.kernel.jobs import job, progress
from schola.kernel.signals import announce
from schola.kernel.spreadsheet import Sheet, read_sheet
from schola.people.imports.columns import guess
from schola.people.imports.plan import Line, Plan
from schola.people.models import ImportRow, PersonImport

CHUNK = 500


@job(label=gettext_lazy("File of people read"), tries=3)
def check_import(import_id: int) -> None:
    """Read the file and write down what each row comes to. Safe to repeat."""
    row = PersonImport.objects.select_related("file").get(pk=import_id)
    if row.state != PersonImport.State.CHECKING:
        return
    try:
        sheet = read_sheet(path_of(row.file.sha256))
        row.header = list(sheet.columns)
        row.columns = _columns(row, sheet)
        row.counts = _write(row, sheet)
        row.state = PersonImport.State.CHECKED
    except ValidationError as error:
        row.state, row.fault = PersonImport.State.FAULTY, error.messages[0]
    with transaction.atomic():
        row.save()
        announce(f"import-{row.pk}", {})


def _columns(row: PersonImport, sheet: Sheet) -> dict[str, str]:
    chosen = {field: name for field, name in row.columns.items() if name in sheet.columns}
    chosen = chosen or guess(sheet.columns)
    if not {"email", "number"} & chosen.keys():
        raise ValidationError(
            _("No column holds an e-mail address or a number. Name one “E-mail” or “Number”.")
        )
    return chosen


def _write(row: PersonImport, sheet: Sheet) -> dict[str, Any]:
    """Write the rows down; return what the counts of the import are. See `PersonImport`."""
    plan = Plan(row.columns)
    counts: Counter = Counter()
    ImportRow.objects.filter(of=row).delete()
    lines = _lines(plan, row, sheet)
    while chunk := list(islice(lines, CHUNK)):
        rows = [ImportRow(of=row, **vars(line)) for line in chunk]
        with transaction.atomic():
            ImportRow.objects.bulk_create(rows)
            announce(f"import-{row.pk}", {})
        counts.update(line.kind for line in chunk)
        progress(counts.total(), len(sheet.rows))
    if plan.spared:
        counts["spared"] = plan.spared
    return dict(counts) | ({"makes": list(plan.makes.values())} if plan.makes else {})


def _lines(plan: Plan, row: PersonImport, sheet: Sheet) -> Iterator[Line]:
    for number, cells in sheet.rows:
        yield plan.line(number, cells)
    if row.suspend_missing:
        yield from plan.missing(but=row.by_id)
