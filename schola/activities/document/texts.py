"""The words of a document, by which the search finds it."""

from io import BytesIO
from time import monotonic
from typing import Any

from schola.activities.document.models import Paper
from schola.kernel.files import derive, path_of
from schola.kernel.models import File
from schola.kernel.sanitize import plain_text, without_controls

TEXT = "text"  # the derivative that holds the words of a PDF
MOST_CHARACTERS = 20_000
MOST_SECONDS = 60  # pages that are drawings have few words, however long they take
MOST_MARKUP = 200_000  # characters of HTML that are read for its words


def text_of(file_id: int) -> str:
    """Return the words of a document that was sent as this file; "" until it is readable.

    One query. At most its first 20,000 characters of a PDF, and of a text as many as the first
    200,000 of its HTML hold.
    """
    made = File.objects.filter(source=file_id, source__paper__state=Paper.State.READY)
    file = made.filter(key__in=("html", TEXT)).first()
    if file is None:
        return ""
    with path_of(file.sha256).open(encoding="utf-8") as stream:
        words = stream.read(MOST_MARKUP)
    return plain_text(words) if file.key == "html" else words


def make_text(file: File, pdf: File) -> None:
    """Keep the words of a PDF as a derivative of the file, if it has any. Safe to repeat."""
    import pypdfium2

    with pypdfium2.PdfDocument(path_of(pdf.sha256)) as document:
        words = words_of(document)
    if words:
        derive(file, TEXT, BytesIO(words.encode()))


def words_of(document: Any) -> str:
    """Return the words of an open PDF, at most 20,000 characters. What cannot be read has none.

    After a minute it makes do with the pages that it has read.
    """
    found, until = "", monotonic() + MOST_SECONDS
    for number in range(len(document)):
        found += f"{_words_of_page(document, number)} "
        if len(found) >= MOST_CHARACTERS or monotonic() >= until:
            break
    return found[:MOST_CHARACTERS].strip()


def _words_of_page(document: Any, number: int) -> str:
    import pypdfium2

    try:
        page = document[number].get_textpage()
        most = min(page.count_chars(), MOST_CHARACTERS)
        text = page.get_text_range(0, most, errors="replace") if most > 0 else ""
    except (pypdfium2.PdfiumError, MemoryError, ValueError):
        return ""
    whole = without_controls(text).replace("\xad", "")  # words that the end of a line divides
    return " ".join(whole.split())
