"""The one reader of tables that somebody sent: CSV in whatever form, and XLSX.

sheet = read_sheet(path)
for number, row in sheet.rows: …       row {column: text}; number as the spreadsheet shows it
"""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CHILD = Path(__file__).with_name("sheet_child.py")
DELIMITERS = (",", ";", "\t")
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True)
class SheetLimits:
    """What a table may hold, and what reading it may use."""

    max_bytes: int = 20_000_000
    rows: int = 100_000
    columns: int = 200
    cell: int = 10_000
    unpacked_bytes: int = 200_000_000
    memory: int = 1_000_000_000
    seconds: int = 60


@dataclass(frozen=True)
class Sheet:
    """columns: their names in order. rows: (number of the row in the file, {column: text})."""

    columns: tuple[str, ...]
    rows: list[tuple[int, dict[str, str]]]


def read_sheet(path: Path, limits: SheetLimits | None = None) -> Sheet:
    """Read a table whose first row names its columns. Empty rows are left out.

    Cells are text without spaces around; a row that is short has empty cells at its end.
    Raises ValidationError with a sentence that names the fault, and the row where there is one.
    """
    limits = limits or SheetLimits()
    size = path.stat().st_size
    if size > limits.max_bytes:
        raise _error(_("This file is larger than %s MB. Split it."), limits.max_bytes // 1_000_000)
    if size == 0:
        raise ValidationError(_("This file is empty. Choose another one."))
    with path.open("rb") as stream:
        zipped = stream.read(4) == b"PK\x03\x04"
    rows = _from_xlsx(path, limits) if zipped else csv_rows(path.read_bytes())
    return _sheet(rows, limits)


def _sheet(rows: Iterable[tuple[int, list[str]]], limits: SheetLimits) -> Sheet:
    filled = ((number, row) for number, row in _checked(rows, limits) if any(row))
    _number, names = next(filled, (0, []))
    columns = _columns(names)
    kept: list[tuple[int, dict[str, str]]] = []
    for number, row in filled:
        if any(row[len(columns) :]):
            raise _error(_("Row %s has more cells than there are columns. Correct it."), number)
        if len(kept) == limits.rows:
            raise _error(_("This table has more than %s rows. Split it."), limits.rows)
        padded = row + [""] * (len(columns) - len(row))
        kept.append((number, dict(zip(columns, padded, strict=False))))
    return Sheet(columns, kept)


def _columns(names: list[str]) -> tuple[str, ...]:
    while names and not names[-1]:
        names = names[:-1]
    if not names:
        raise ValidationError(_("This table is empty. Its first row must name the columns."))
    if "" in names:
        raise _error(_("Column %s has no name. Write one in the first row."), names.index("") + 1)
    for name in names:
        if names.count(name) > 1:
            raise _error(_("Two columns are called “%s”. Rename one of them."), name)
    return tuple(names)


def _checked(
    rows: Iterable[tuple[int, list[str]]], limits: SheetLimits
) -> Iterator[tuple[int, list[str]]]:
    for number, row in rows:
        if len(row) > limits.columns:
            raise _error(_("Row %s has too many cells. Is this a table?"), number)
        cells = [cell.strip() for cell in row]
        if any(len(cell) > limits.cell for cell in cells):
            raise _error(_("A cell in row %s is too long. Shorten it."), number)
        if any("\0" in cell for cell in cells):
            raise _error(_("Row %s holds characters that are no text. Correct it."), number)
        yield number, cells


def csv_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Return (number, cells) of each row of a CSV in whatever form, the first row as any other.

    Raises ValidationError with a sentence that names the fault.
    """
    text = _decoded(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            words = _("Row %s cannot be read: is a quotation mark missing, or is it too long?")
            raise _error(words, number) from error
        yield number, row


def _decoded(data: bytes) -> str:
    for bom, encoding in BOMS.items():
        if data.startswith(bom):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise _not_text() from error
    if b"\0" in data[:4096]:
        raise _not_text()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """Return what parts the cells of the first row, outside of quotation marks."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def _from_xlsx(path: Path, limits: SheetLimits) -> Iterator[tuple[int, list[str]]]:
    command = [sys.executable, "-I", str(CHILD), str(path), json.dumps(asdict(limits))]
    try:
        done = subprocess.run(command, capture_output=True, timeout=2 * limits.seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise _too_large() from error
    if done.returncode != 0:  # killed by a limit
        raise _too_large()
    for number, line in enumerate(done.stdout.splitlines(), start=1):
        row = json.loads(line)
        if isinstance(row, dict):
            raise _too_large() if row["fault"] == "large" else _damaged()
        yield number, row


def _error(words: str, value: object) -> ValidationError:
    return ValidationError(words % value)


def _not_text() -> ValidationError:
    return ValidationError(_("This is no table. Save it as CSV or XLSX and send it again."))


def _damaged() -> ValidationError:
    return ValidationError(_("This XLSX file is damaged. Save it anew and send it again."))


def _too_large() -> ValidationError:
    return ValidationError(
        _("This table is too large to be read. Delete what is empty in it, or save it as CSV.")
    )
