"""The PDF files of the courses: tagged, on one page each."""

from datetime import UTC, datetime
from pathlib import Path

from schola.completion.fonts import FAMILIES

PAPERS = Path(__file__).with_name("papers")
MADE_AT = datetime(2026, 1, 5, tzinfo=UTC)


def make_papers(folder: Path, fonts: Path | None = None) -> list[Path]:
    """Set every paper as PDF/UA-1 and return the files."""
    import typst

    made = []
    for source in sorted(PAPERS.glob("*.typ")):
        pdf = typst.compile(
            source,
            font_paths=[str(fonts)] if fonts else [],
            ignore_system_fonts=True,
            sys_inputs={"fonts": "|".join(FAMILIES)},
            pdf_standards="ua-1",
            timestamp=MADE_AT,
        )
        path = folder / f"{source.stem}.pdf"
        path.write_bytes(pdf)
        made.append(path)
    return made
