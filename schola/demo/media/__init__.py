"""The demo school's pictures, film, papers and package: made on the spot, the same every time."""

from pathlib import Path

from schola.demo.media.charts import make_charts
from schola.demo.media.film import make_film
from schola.demo.media.package import make_package
from schola.demo.media.papers import make_papers


def make_media(folder: Path, fonts: Path | None = None) -> list[Path]:
    """Write every file into the folder and return them. About 10 s of CPU; safe to repeat.

    fonts: a folder with .ttf files for the papers
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [
        *make_charts(folder),
        *make_papers(folder, fonts),
        make_package(folder),
        *make_film(folder),
    ]


__all__ = ["make_media"]
