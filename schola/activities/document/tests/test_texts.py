"""The words of a document are kept for the search, as far as they can be read."""

import io

import pypdfium2
import pytest
import typst
from django.core.exceptions import ValidationError

from schola.activities.document import texts
from schola.activities.document.actions import set_paper
from schola.activities.document.conversion import make_readable
from schola.activities.document.models import Paper
from schola.activities.document.tests.test_document import docx, office, pdf, pptx
from schola.courses.actions import publish_activity
from schola.courses.activity_types import activity_types
from schola.courses.models import Activity
from schola.kernel.files import derivative, store
from schola.kernel.jobs import run_waiting
from schola.kernel.models import Job

PAGES = b"One heron.\n#pagebreak()\nTwo herons."
HALF = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [9 0 R 3 0 R] /Count 2>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R
 /Resources <</Font <</F 5 0 R>>>>>> endobj
4 0 obj <</Length 37>> stream
BT /F 12 Tf 20 100 Td (A heron) Tj ET
endstream endobj
5 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj
trailer <</Root 1 0 R>>
%%EOF
"""


NARROW = b"""#set page(width: 60mm)
#set text(hyphenate: true, lang: "en")
#set par(justify: true)
The interquartile measurement characterizes distributions."""


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def sent(add):
    """Send a document: sent("a.pdf", data) is its paper, before the job has run."""

    def make(name, data):
        return set_paper(add("document"), store(io.BytesIO(data), name, "document"))

    return make


def found(paper):
    config = {"file": paper.file_id}
    return activity_types["document"].found_text(config, "")


def test_the_words_of_all_pages_are_found_once_the_document_is_readable(sent):
    paper = sent("a.pdf", typst.compile(PAGES))
    assert found(paper) == ""

    run_waiting()

    assert found(paper) == "One heron. Two herons."


def test_words_that_the_end_of_a_line_divides_are_whole(sent):
    paper = sent("a.pdf", typst.compile(NARROW))

    run_waiting()

    assert found(paper) == "The interquartile measurement characterizes distributions."


def test_the_words_of_a_text_are_found_without_its_marks(sent):
    paper = sent("a.docx", docx())
    run_waiting()

    assert found(paper) == "Rules Be <script> kind."


def test_slides_are_found_by_the_words_of_their_pdf(sent, monkeypatch, tmp_path):
    (tmp_path / "made.pdf").write_bytes(typst.compile(PAGES))
    script = f'while [ "$1" != "--outdir" ]; do shift; done; cp {tmp_path}/made.pdf "$2/slides.pdf"'
    monkeypatch.setenv("PATH", str(office(tmp_path, script)), prepend=":")
    paper = sent("talk.pptx", pptx())

    run_waiting()

    assert found(paper) == "One heron. Two herons."


def test_of_a_long_document_the_beginning_is_kept(sent, monkeypatch):
    monkeypatch.setattr(texts, "MOST_CHARACTERS", 12)
    paper = sent("a.pdf", typst.compile(PAGES))

    run_waiting()

    assert found(paper) == "One heron. T"


def test_of_pages_that_take_too_long_those_are_kept_that_were_read(monkeypatch):
    monkeypatch.setattr(texts, "MOST_SECONDS", 0)

    with pypdfium2.PdfDocument(typst.compile(PAGES)) as document:
        assert texts.words_of(document) == "One heron."


def test_a_page_that_cannot_be_read_has_no_words_and_the_others_have_theirs(sent):
    paper = sent("a.pdf", HALF)

    run_waiting()

    paper.refresh_from_db()
    assert paper.state == "ready"
    assert found(paper) == "A heron"


def test_pictures_of_pages_have_no_words(sent):
    paper = sent("a.pdf", pdf())

    run_waiting()

    paper.refresh_from_db()
    assert paper.state == "ready"
    assert derivative(paper.file, "text") is None
    assert found(paper) == ""


def test_a_document_that_is_broken_meanwhile_is_not_found(sent):
    paper = sent("a.pdf", typst.compile(PAGES))
    run_waiting()

    Paper.objects.update(state="broken")

    assert found(paper) == ""


def test_words_that_find_no_room_are_kept_when_there_is_some(sent, settings):
    paper = sent("a.pdf", typst.compile(PAGES))
    settings.RESERVE_BYTES, reserve = 10**18, settings.RESERVE_BYTES
    with pytest.raises(ValidationError):
        make_readable(paper_id=paper.pk)

    settings.RESERVE_BYTES = reserve
    run_waiting()

    assert found(paper) == "One heron. Two herons."


def test_a_job_that_died_before_it_told_tells_when_it_runs_again(sent):
    paper = sent("a.pdf", typst.compile(PAGES))
    activity = Activity.objects.get()
    publish_activity(activity)
    run_waiting()
    Job.objects.all().delete()

    make_readable(paper_id=paper.pk)

    assert [job.arguments["data"] for job in Job.objects.all()] == [{"activity_id": activity.pk}]
