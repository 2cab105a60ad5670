"""The one writer of tables: CSV and XLSX, row by row, safe to open in a spreadsheet (D34).

A cell of text that a spreadsheet would take for a formula gets an apostrophe before it. Numbers
are written as numbers.
"""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from django.utils import timezone

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
CHUNK_CHARACTERS = 1 << 15
CELL_LENGTH = 32_767  # the most that XLSX holds

Cell = str | int | float | Decimal | bool | date | None


def csv_chunks(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a CSV file in pieces: UTF-8 with its mark, so that Excel reads it right."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    out.write("\ufeff")
    writer.writerow([guarded(name) for name in columns])
    for row in rows:
        writer.writerow([guarded(_plain(cell)) for cell in row])
        if out.tell() > CHUNK_CHARACTERS:
            yield out.getvalue().encode("utf-8", "replace")
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode("utf-8", "replace")


def write_xlsx(
    out: BinaryIO,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    percents: Collection[int] = (),
) -> None:
    """Write an XLSX file in little memory, whatever its length. Its first row stays in sight.

    percents  the numbers of the columns, from 0, whose fractions are shown as percentages
    Moments are written as moments of the reader's time zone.
    """
    import xlsxwriter  # few processes need it

    book = xlsxwriter.Workbook(out, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    share = book.add_format({"num_format": "0.0%"})
    minute = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(columns):
        sheet.write_string(0, column, guarded(name), bold)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                here = timezone.make_naive(cell) if timezone.is_aware(cell) else cell
                sheet.write_datetime(number, column, here, minute)
            elif column in percents and cell is not None:
                sheet.write_number(number, column, cell, share)
            else:
                _write(sheet, number, column, _plain(cell))
    book.close()


def guarded(cell: Cell) -> Cell:
    """Return text such that no spreadsheet takes it for a formula; anything else as it is."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA):
        return f"'{cell}"
    return cell


def _plain(cell: Cell) -> Cell:
    """Return what both formats can hold: no moment with a zone, no character that is none."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, str):
        return "".join(c for c in cell if c >= " " or c in "\t\r\n")[:CELL_LENGTH]
    return cell


def _write(sheet: object, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float | Decimal):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell)
    elif cell:
        sheet.write_string(row, column, guarded(cell))
