"""Making documents readable on a page: text becomes HTML, slides become PDF, PDF is checked.

All of it runs in the lane "media", in a process of its own with bounded memory.
"""

import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schola.activities.document.models import Paper
from schola.activities.document.pages import make_pages
from schola.activities.document.texts import make_text
from schola.courses.actions import tell_content_ready
from schola.courses.models import Activity
from schola.kernel.files import (
    CONTENT,
    NO_ROOM,
    derivative,
    derive,
    path_of,
    picture_source,
    store_picture,
)
from schola.kernel.jobs import job
from schola.kernel.models import File
from schola.kernel.naming import reads_names
from schola.kernel.sanitize import clean_html

OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = "application/pdf"
TEXT = f"{OFFICE}wordprocessingml.document"
SLIDES = (
    f"{OFFICE}presentationml.presentation",
    "application/vnd.oasis.opendocument.presentation",
)
KINDS = (PDF, TEXT, *SLIDES)
LARGEST_UNZIPPED = 500_000_000
CONVERT_SECONDS = 300
STYLES = """
p[style-name='Title'] => h2:fresh
p[style-name='Heading 1'] => h2:fresh
p[style-name='Heading 2'] => h3:fresh
p[style-name='Heading 3'] => h4:fresh
p[style-name='Heading 4'] => h4:fresh
p[style-name='Quote'] => blockquote > p:fresh
u => em
"""


class Unreadable(Exception):
    """The file cannot be shown; the words are for its author."""


@job(
    label=gettext_lazy("Document made readable"),
    tries=3,
    lane="media",
    seconds=CONVERT_SECONDS + 300,
)
def make_readable(paper_id: int) -> None:
    """Make what the page shows, or write down why not. Safe to repeat."""
    paper = Paper.objects.select_related("file").filter(pk=paper_id).first()
    if paper is None:
        return
    if paper.state != Paper.State.READY:
        _make(paper)
    if paper.state == Paper.State.READY:
        _tell(paper)


def _make(paper: Paper) -> None:
    if paper.state == Paper.State.BROKEN:  # for want of room: now it is tried again
        paper.state, paper.problem = Paper.State.WAITING, ""
        paper.save()
    try:
        paper.pages = _convert(paper.file)
        _look_at(paper)
    except Unreadable as error:
        paper.state, paper.problem = Paper.State.BROKEN, str(error)
    except ValidationError as error:  # no room for what is made of it: tried again
        paper.state = Paper.State.BROKEN
        paper.problem = NO_ROOM if error.code == NO_ROOM else error.messages[0]
        paper.save()
        raise
    else:
        paper.state, paper.problem = Paper.State.READY, ""
    paper.save()


def _tell(paper: Paper) -> None:
    """Let what shows the paper be found by its words, after it is written down that it is ready.

    So what is published meanwhile is either seen here, or sees itself that the paper is ready.
    """
    shown = Activity.objects.filter(kind="document", removed_at=None)
    tell_content_ready(shown.filter(published__config__file=paper.file_id))


@reads_names
def texts_of_documents() -> Iterator[str]:
    """Return what documents became, whose pictures are kept by their names in it.

    Raises FileNotFoundError if one is not where it should be: its pictures may not go for that.
    """
    for made in File.objects.filter(key="html", source__paper__isnull=False).iterator():
        yield path_of(made.sha256).read_text("utf-8")


def _convert(file: File) -> int:
    """Make the derivative of the file, if it needs one; return its pages. Raises Unreadable."""
    path = path_of(file.sha256)
    if file.media_type == PDF:
        return pages_of(path)
    _must_be_sane(path)
    if file.media_type == TEXT:
        derive(file, "html", BytesIO(html_of(path).encode()))
        return 0
    if office := shutil.which("soffice"):
        return _from_slides(office, file, path)
    return 0  # offered as it is


def _look_at(paper: Paper) -> None:
    """Write down whether the PDF that readers get is tagged and has a title; make its pictures."""
    made = paper.file if paper.file.media_type == PDF else derivative(paper.file, "pdf")
    if made is None:
        return
    import pypdfium2

    with pypdfium2.PdfDocument(path_of(made.sha256)) as pdf:
        paper.tagged = bool(pypdfium2.raw.FPDFCatalog_IsTagged(pdf))
        paper.titled = bool(pdf.get_metadata_value("Title").strip())
    try:
        make_text(paper.file, made)
        make_pages(paper.file, made)
    except (pypdfium2.PdfiumError, MemoryError, ZeroDivisionError, ValueError):
        return  # a page that cannot be drawn: it is read in the file


def pages_of(path: Path) -> int:
    """Return how many pages the PDF has. Raises Unreadable."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as pdf:
            return len(pdf)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(_("This PDF asks for a password. Save it without one.")) from error
        raise Unreadable(_("This PDF is damaged. Make it again and send that.")) from error


def html_of(path: Path) -> str:
    """Return a DOCX as clean HTML, its pictures stored beside. Raises Unreadable if it is none."""
    import mammoth

    try:
        with path.open("rb") as stream:
            images = mammoth.images.img_element(_picture)
            made = mammoth.convert_to_html(stream, style_map=STYLES, convert_image=images)
    except ValidationError:  # no room for its pictures now
        raise
    except Exception as error:  # whatever the library meets in a hostile file
        raise Unreadable(
            _("This document is damaged. Open it, save it again and send that.")
        ) from error
    html = clean_html(made.value, "page")
    if not html.strip():
        raise Unreadable(_("There is no text in this document. Send another, or a PDF."))
    return html


def _picture(image: Any) -> dict[str, str]:
    """Keep a picture of the text; one that no browser shows is left out."""
    try:
        with image.open() as stream:
            file = store_picture(BytesIO(stream.read()), "picture.png", CONTENT)
    except ValidationError as error:
        if error.code == NO_ROOM:
            raise
        return {"src": ""}
    return {"src": picture_source(file)}


def _must_be_sane(path: Path) -> None:
    """Refuse what would unfold to more than the machine can hold."""
    try:
        with ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except BadZipFile as error:
        raise Unreadable(_("This document is damaged. Save it again and send that.")) from error
    if size > LARGEST_UNZIPPED:
        raise Unreadable(_("This document is too large inside. Send it as PDF."))


def _from_slides(office: str, file: File, path: Path) -> int:
    """Let LibreOffice make a PDF in a folder and profile of its own. Raises Unreadable."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / f"slides.{'odp' if 'opendocument' in file.media_type else 'pptx'}"
        shutil.copyfile(path, source)
        words = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless",
                 "--convert-to", "pdf", "--outdir", folder, str(source)]  # fmt: skip
        try:
            subprocess.run(words, capture_output=True, timeout=CONVERT_SECONDS, check=True)
        except (subprocess.SubprocessError, OSError) as error:
            raise Unreadable(_("These slides cannot be shown. Send them as PDF.")) from error
        made = source.with_suffix(".pdf")
        if not made.is_file():
            raise Unreadable(_("These slides cannot be shown. Send them as PDF."))
        pages = pages_of(made)
        with made.open("rb") as stream:
            derive(file, "pdf", stream)
    return pages
