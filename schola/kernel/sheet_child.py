"""Reads one XLSX file, in a process of its own that may use little memory and time.

    python -I sheet_child.py <file> <limits as JSON>

Prints one JSON list per row of the first sheet, all cells as text; or {"fault": code}. A sheet
whose two cells lie a million rows apart makes any reader fill the memory between them.
"""

import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

CHUNK_BYTES = 1 << 18


def main(path: str, limits: dict[str, int]) -> Iterator[object]:
    for what, most in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    try:
        if not _fits(path, limits["unpacked_bytes"]):
            yield {"fault": "large"}
            return
        yield from _rows(path)
    except MemoryError:
        yield {"fault": "large"}
    except BaseException:  # the reader is foreign code: it panics by exceptions of its own
        yield {"fault": "damaged"}


def _fits(path: str, most: int) -> bool:
    """Unpack all entries into nothing and count their real bytes."""
    total = 0
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            with archive.open(entry) as source:
                while chunk := source.read(CHUNK_BYTES):
                    total += len(chunk)
                    if total > most:
                        return False
    return True


def _rows(path: str) -> Iterator[list[str]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    if not book.sheet_names:
        return
    for row in book.get_sheet_by_index(0).iter_rows():
        yield [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    """Return a cell as a person would type it: whole numbers without a point, days as ISO 8601."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


if __name__ == "__main__":
    for line in main(sys.argv[1], json.loads(sys.argv[2])):
        sys.stdout.write(json.dumps(line) + "\n")
