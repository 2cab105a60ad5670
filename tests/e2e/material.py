"""What an instructor brings along: a film, papers, a package, a list of people."""

import zipfile
from pathlib import Path

from schola.demo.media import make_media

GOLF = "shared/samples/scorm/RuntimeMinimumCalls_SCORM12-mini.zip"
PEOPLE = 200
WRONG = 6


def make_material(folder: Path) -> dict[str, Path]:
    """Make the files. The package is one that nobody here made, where it is at hand."""
    made = {path.name: path for path in make_media(folder)}
    found = {path.suffix: path for path in made.values()}
    golf = next((p / GOLF for p in Path(__file__).parents if (p / GOLF).is_file()), None)
    return {
        "film": found[".mp4"],
        "pdf": found[".pdf"],
        "package": golf or found[".zip"],
        "docx": _docx(folder / "notes.docx"),
        "people": _people(folder / "people.csv"),
    }


def _docx(path: Path) -> Path:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    office = "http://schemas.openxmlformats.org"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="{office}/package/2006/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{office}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{head}<w:document xmlns:w="{office}/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>Notes on spread.</w:t></w:r></w:p></w:body></w:document>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def _people(path: Path) -> Path:
    """200 rows: the first is Amara, six cannot be taken."""
    rows = ["Full name,E-mail,Group", "Amara Okafor,amara@example.org,Group A"]
    good = PEOPLE - WRONG
    rows += [f"Learner {n},learner{n}@example.org,Group A" for n in range(1, good)]
    rows += [f"Wrong {n},not an address {n},Group A" for n in range(WRONG)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path
