"""The pages of a PDF as pictures: what a phone shows, whose browser puts no PDF into a page."""

import json
from io import BytesIO
from typing import Any

from schola.kernel.files import derivative, derive, file_url, path_of
from schola.kernel.models import File

WIDTHS = (720, 1440)
MOST_PAGES = 20  # of a longer document the rest is read in the file
MOST_CHARACTERS = 1500  # of a page, for who hears it
TALLEST = 6000
PAGES = "pages"  # the derivative that tells of them


def make_pages(file: File, pdf: File) -> None:
    """Make the pictures of a PDF, in two widths, as derivatives of the file. Safe to repeat."""
    if derivative(file, PAGES):
        return
    import pypdfium2

    told = []
    with pypdfium2.PdfDocument(path_of(pdf.sha256)) as document:
        for number in range(min(MOST_PAGES, len(document))):
            told.append(_make_page(file, document[number], number + 1))
    derive(file, PAGES, BytesIO(json.dumps(told).encode()))


def shown_pages(made: dict[str, File]) -> list[dict[str, Any]]:
    """Return the pages for a page of ours: addresses, size of the smaller picture, text."""
    if PAGES not in made:
        return []
    told = json.loads(path_of(made[PAGES].sha256).read_bytes())
    return [
        each
        | {
            "small": file_url(made[_key(number, WIDTHS[0])]),
            "large": file_url(made[_key(number, WIDTHS[1])]),
        }
        for number, each in enumerate(told, 1)
    ]


def _make_page(file: File, page: Any, number: int) -> dict[str, Any]:
    height = 0
    for width in WIDTHS:
        scale = min(width / page.get_width(), TALLEST / page.get_height())
        picture = page.render(scale=scale).to_pil()
        height = height or picture.height
        data = BytesIO()
        picture.save(data, "WEBP", quality=75)
        data.seek(0)
        derive(file, _key(number, width), data)
    text = page.get_textpage().get_text_range(errors="replace")
    return {"width": WIDTHS[0], "height": height, "text": " ".join(text.split())[:MOST_CHARACTERS]}


def _key(number: int, width: int) -> str:
    return f"page-{number}-{width}"
