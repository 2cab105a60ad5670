import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from schola.kernel.sheetwriter import csv_chunks, guarded, write_xlsx
from schola.kernel.spreadsheet import SheetLimits, read_sheet

ROWS = [{"name": "Zoë", "mail": "z@example.org"}, {"name": "Bo; jr", "mail": ""}]


def read(tmp_path, data, **limits):
    path = tmp_path / "table"
    path.write_bytes(data)
    return read_sheet(path, SheetLimits(**limits))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_is_read_in_whatever_form(tmp_path, encoding, delimiter, end):
    lines = ["name{0}mail", "Zoë{0}z@example.org", "", '"Bo; jr"{0}', "{0}"]
    text = end.join(line.replace("{0}", delimiter) for line in lines)

    sheet = read(tmp_path, text.encode(encoding))

    assert sheet.columns == ("name", "mail")
    assert [row for _number, row in sheet.rows] == ROWS
    assert [number for number, _row in sheet.rows] == [2, 4]


def xlsx(rows):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_xlsx_is_read_as_text(tmp_path):
    data = xlsx([["n", "day", "half"], [12, datetime(2027, 1, 31), 0.5], [], ["007", None, True]])  # noqa: DTZ001

    sheet = read(tmp_path, data)

    assert sheet.rows == [
        (2, {"n": "12", "day": "2027-01-31", "half": "0.5"}),
        (4, {"n": "007", "day": "", "half": "true"}),
    ]


def far_apart():
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"], book.active["XFD1048576"] = "a", "b"
    book.save(out)
    return out.getvalue()


def swollen():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 30_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\n\n , \n", "Column 1 has no name|is empty"),
        (b"a,,c\n1,2,3", "Column 2 has no name"),
        (b"a,b,a\n1,2,3", "Two columns are called “a”"),
        (b"a,b\n1,2\n1,2,3", "Row 3 has more cells"),
        (b"a,b\n" + b"1,2\n" * 21, "more than 20 rows"),
        (b"a\n" + b"x" * 10_001, "A cell in row 2 is too long"),
        (b'a\n"' + b"x" * 200_000, "Row 2 cannot be read"),
        (b",".join(b"c%d" % n for n in range(201)), "too many cells"),
        (b"\xff\xfea\x00\x00\xd8", "no table"),
        (b"\x7fELF\0\0\0", "no table"),
        (b"a\n" + b"x" * 5000 + b"\0", "no text"),
        (b"PK\x03\x04 no archive", "damaged"),
        (swollen(), "too large"),
        (far_apart(), "too large"),
    ],
)
def test_a_hostile_table_is_refused_in_words(tmp_path, data, words):
    with pytest.raises(ValidationError, match=words):
        read(tmp_path, data, rows=20, unpacked_bytes=20_000_000, memory=600_000_000)


EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1", "  =1"]


@pytest.mark.parametrize("text", EVIL)
def test_text_never_becomes_a_formula(text):
    out = io.BytesIO()
    write_xlsx(out, [text], [[text]])
    book = openpyxl.load_workbook(out)
    rows = list(csv.reader(io.StringIO(b"".join(csv_chunks(["a"], [[text]])).decode())))

    assert book.active["A1"].data_type == book.active["A2"].data_type == "s"
    assert rows[1][0] == guarded(text) == f"'{text}"


def test_numbers_stay_numbers_and_come_back(tmp_path):
    row = [
        "Ada",
        -5,
        Decimal("1.25"),
        None,
        date(2027, 1, 31),
        datetime(2027, 1, 31, 12, tzinfo=UTC),
    ]
    columns = ["name", "n", "d", "none", "day", "at"]
    out = io.BytesIO()

    write_xlsx(out, columns, [row])

    ((_, values),) = read(tmp_path, out.getvalue()).rows
    assert list(values.values()) == [
        "Ada",
        "-5",
        "1.25",
        "",
        "2027-01-31",
        "2027-01-31 12:00:00",
    ]
    assert b'"-5"' in b"".join(csv_chunks(columns, [row]))


def test_a_long_table_comes_in_pieces():
    pieces = list(csv_chunks(["n"], ([n] for n in range(20_000))))

    assert len(pieces) > 3
    assert b"".join(pieces).count(b"\r\n") == 20_001
