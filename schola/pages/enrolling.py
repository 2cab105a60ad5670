"""Putting many people into a course at once: who is meant by the lines of a list or a file."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from schola.kernel.spreadsheet import csv_rows
from schola.people.imports.columns import guess
from schola.people.models import Person

LINES = 5_000
BYTES = 1_000_000
AT_ONCE = 500


@dataclass(frozen=True)
class Meant:
    """Whom lines name; strange: (number, words) of each line that names nobody."""

    person_ids: list[int]
    strange: list[tuple[int, str]]


def people_meant(data: bytes) -> Meant:
    """Return whom the lines of a list or a CSV name: each by an address, or else by a number.

    A line with several cells names somebody by the cell that holds an address, or else by its
    first one. A first line that names the columns is left out. Who is suspended is not found.

    Raises ValidationError if there is nothing to read, or more than may be read at once.
    """
    rows = _rows(data)
    if not rows:
        raise ValidationError(_("Write an address or a number in each line, or choose a file."))
    keys = [(number, _key(cells), cells) for number, cells in rows]
    found = _found({key for _number, key, _cells in keys})
    strange = [(number, ", ".join(cells)) for number, key, cells in keys if key not in found]
    return Meant(sorted({found[key] for _n, key, _c in keys if key in found}), strange)


def _rows(data: bytes) -> list[tuple[int, list[str]]]:
    """Return (number, cells) of the lines that say something, without one that names columns."""
    if len(data) > BYTES:
        raise ValidationError(_("This list is larger than 1 MB. Split it."))
    rows: list[tuple[int, list[str]]] = []
    begun = False
    for number, row in csv_rows(data):
        cells = [cell.strip() for cell in row if cell.strip()]
        if any("\0" in cell for cell in cells):
            words = _("Row %s holds characters that are no text. Correct it.")
            raise ValidationError(words % number)
        if cells and (begun or not _names_columns(cells)):
            rows.append((number, cells))
        begun = begun or bool(cells)
        if len(rows) > LINES:
            words = _("This list has more than %(n)s lines. Split it.")
            raise ValidationError(words % {"n": LINES})
    return rows


def _names_columns(cells: list[str]) -> bool:
    """Tell whether a first line names the columns: that of the addresses, or of the numbers."""
    return not any("@" in cell for cell in cells) and bool(
        {"email", "number"} & guess(cells).keys()
    )


def _key(cells: list[str]) -> str:
    address = next((cell for cell in cells if "@" in cell), "")
    return address.lower() or cells[0]


def _found(keys: Iterable[str]) -> dict[str, int]:
    """Return {address or number: person}. A query for each 500 keys."""
    wanted, found = sorted(keys), {}
    people = Person.objects.filter(suspended_at=None)
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        for field in ("number", "email"):
            rows = people.filter(**{f"{field}__in": part}).values_list(field, "pk")
            found.update(rows)
    return found
