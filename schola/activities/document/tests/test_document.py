import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from schola.activities.document import conversion
from schola.activities.document.actions import set_paper
from schola.activities.document.models import Paper
from schola.kernel.files import derivative, path_of, store
from schola.kernel.jobs import run_waiting
from schola.kernel.models import File
from schola.kernel.tests.drawing import picture

NO_ROOM = "There is no room for this file. Tell your administrator."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORDS = f"""<?xml version="1.0"?><w:document {W}><w:body>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Rules</w:t></w:r></w:p>
<w:p><w:r><w:t>Be &lt;script&gt; kind.</w:t></w:r></w:p>%s</w:body></w:document>"""
STYLES = f"""<?xml version="1.0"?><w:styles {W}><w:style w:type="paragraph" w:styleId="Heading1">
<w:name w:val="heading 1"/></w:style></w:styles>"""
TYPES = """<?xml version="1.0"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="png" ContentType="image/png"/></Types>"""
RELS = """<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="media/a.png"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>"""
DRAWING = """<w:p><w:r><w:drawing>
<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<wp:docPr id="1" name="a" descr="A red square"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>
<a:blip r:embed="rId1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>
</w:drawing></w:r></w:p>"""


def docx(body=WORDS % "", **more):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as out:
        out.writestr("[Content_Types].xml", TYPES)
        out.writestr("word/document.xml", body)
        out.writestr("word/styles.xml", STYLES)
        out.writestr("word/_rels/document.xml.rels", RELS)
        for name, content in more.items():
            out.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return data.getvalue()


def pptx():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as out:
        out.writestr("ppt/presentation.xml", "<p/>")
    return data.getvalue()


def pdf(pages=2):
    made, data = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _number in range(pages):
        made.new_page(200, 200)
    made.save(data)
    made.close()
    return data.getvalue()


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def send(signed_in, tove, add):
    """Send a document as its instructor; return (page of the draft, page of the learner)."""

    def make(name, data):
        activity, browser = add("document"), signed_in(tove)
        base = f"/courses/algebra/{activity.key}"
        first = browser.post(f"{base}/paper", {"file": SimpleUploadedFile(name, data)}, follow=True)
        run_waiting()
        shown = browser.get(base).text
        return first.text + browser.get(f"{base}/edit").text, shown

    return make


def test_a_pdf_is_shown_in_the_page(send):
    _edit, shown = send("plan.pdf", pdf())

    paper = Paper.objects.get()
    assert (paper.state, paper.pages) == ("ready", 2)
    assert "<iframe" in shown
    assert f"/f/{paper.file.sha256}/" in shown
    assert "2 pages" in shown


def test_a_text_becomes_a_clean_page_with_its_pictures(send):
    square = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(square, "PNG")

    _edit, shown = send(
        "rules.docx", docx(WORDS % DRAWING, word__media__a_dot_png=square.getvalue())
    )

    assert Paper.objects.get().state == "ready"
    assert "<h2>Rules</h2>" in shown
    assert "Be &lt;script&gt; kind." in shown
    assert 'alt="A red square"' in shown
    assert f"/f/{File.objects.get(purpose='content').sha256}/" in shown


def test_a_text_whose_pictures_have_no_room_says_so_and_is_tried_again(add, settings):
    data = docx(WORDS % DRAWING, word__media__a_dot_png=picture(40, 40, "PNG").getvalue())
    item, file = add("document", publish=False), store(io.BytesIO(data), "rules.docx", "document")
    settings.RESERVE_BYTES, reserve = 10**18, settings.RESERVE_BYTES
    set_paper(item, file)
    with pytest.raises(ValidationError, match=NO_ROOM):
        conversion.make_readable(paper_id=Paper.objects.get().pk)
    paper = Paper.objects.get()
    assert (paper.state, paper.why) == ("broken", NO_ROOM)

    settings.RESERVE_BYTES = reserve
    run_waiting()

    paper = Paper.objects.get()
    assert (paper.state, paper.problem) == ("ready", "")


def test_slides_are_offered_as_a_file_where_nothing_converts_them(send, monkeypatch):
    monkeypatch.setattr(conversion.shutil, "which", lambda name: None)

    _edit, shown = send("talk.pptx", pptx())

    assert Paper.objects.get().state == "ready"
    assert "<iframe" not in shown
    assert "talk.pptx" in shown


def office(folder, script):
    """A program that behaves like LibreOffice's converter."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return folder


def test_slides_become_pdf_where_the_converter_is(send, monkeypatch, tmp_path):
    (tmp_path / "made.pdf").write_bytes(pdf(3))
    script = f'while [ "$1" != "--outdir" ]; do shift; done; cp {tmp_path}/made.pdf "$2/slides.pdf"'
    monkeypatch.setenv("PATH", str(office(tmp_path, script)), prepend=":")

    _edit, shown = send("talk.pptx", pptx())

    assert derivative(Paper.objects.get().file, "pdf").media_type == "application/pdf"
    assert "<iframe" in shown
    assert "3 pages" in shown


def test_a_converter_that_fails_says_what_to_do(send, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(office(tmp_path, "exit 1")), prepend=":")

    edit, shown = send("talk.pptx", pptx())

    assert "Send them as PDF" in edit
    assert "cannot be shown" in shown


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", b"%PDF-1.7\n" + bytes(500), "This PDF is damaged"),
        ("a.docx", docx("<not xml"), "This document is damaged"),
        ("a.docx", docx(f"<w:document {W}><w:body/></w:document>"), "There is no text"),
        ("a.exe", b"MZ" + bytes(500), "Send one of: PDF, Word (DOCX), slides (PPTX, ODP)."),
        ("a.pptx", b"MZ" + bytes(500), "This file is no real PPTX"),
        ("a.pdf", b"", "empty"),
    ],
)
def test_a_bad_file_is_refused_in_words(send, name, data, words):
    edit, _shown = send(name, data)

    assert words in edit


def test_what_unfolds_to_too_much_is_refused(send, monkeypatch):
    monkeypatch.setattr(conversion, "LARGEST_UNZIPPED", 100)

    edit, _shown = send("a.docx", docx())

    assert "too large inside" in edit


def test_learners_send_nothing(signed_in, ada, seat, add):
    activity = add("document")
    sent = {"file": SimpleUploadedFile(Path("a.pdf").name, pdf())}

    answer = signed_in(ada).post(f"/courses/algebra/{activity.key}/paper", sent)

    assert answer.status_code == 403
    assert not Paper.objects.exists()


def test_a_phone_gets_the_pages_of_a_pdf_as_pictures(send):
    _edit, shown = send("a.pdf", pdf(2))

    assert shown.count('loading="lazy"') == 3  # the frame of a desk, and two pages
    assert shown.count("1440w") == 2
    assert 'alt="Page 2: ' in shown
    paper = Paper.objects.get()
    with Image.open(path_of(derivative(paper.file, "page-1-1440").sha256)) as picture:
        assert (picture.format, picture.width) == ("WEBP", 1440)


def test_of_a_long_pdf_the_first_pages_are_drawn_and_the_rest_is_named(send, monkeypatch):
    monkeypatch.setattr("schola.activities.document.pages.MOST_PAGES", 1)

    _edit, shown = send("a.pdf", pdf(2))

    assert shown.count("1440w") == 1
    assert "These are the first 1 pages" in shown
