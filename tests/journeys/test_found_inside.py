"""The search finds what stands inside documents and is said in videos, for whom they open."""

import io

import pytest
import typst
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from schola.activities.document.actions import set_paper
from schola.activities.video.actions import set_captions, set_film
from schola.activities.video.models import Film
from schola.activities.video.tests.filming import film
from schola.courses.actions import publish_activity, remove_activity
from schola.courses.activity_types import published_config
from schola.courses.events import ContentReady
from schola.courses.models import Course
from schola.kernel.files import store
from schola.kernel.jobs import run_waiting
from schola.kernel.jobs.worker import run_one
from schola.kernel.models import SearchEntry
from schola.pages.indexing import index_activity
from schola.records.actions import tick

PDF = typst.compile(b"= Waders\nThe heron waits.\n#pagebreak()\nAn egret: a < b & c.")


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def finds(signed_in):
    """Return what a person finds: finds(ada, "heron") is the text of the hits, or ""."""

    def look(person, word):
        page = signed_in(person).get(f"/search?fragment&q={word}")
        assert page.status_code == 200
        return page.text if "items" in page.text else ""

    return look


@pytest.fixture
def document(add):
    """Publish a document before its job has run: document("a.pdf", PDF)."""

    def make(name, data, **fields):
        made = add("document", publish=False, title="Reading", **fields)
        set_paper(made, store(io.BytesIO(data), name, "document"))
        publish_activity(made)
        Course.objects.update(published_at=made.published.published_at)
        return made

    return make


def word_file():
    notes, data = Document(), io.BytesIO()
    notes.add_heading("Waders", 1)
    notes.add_paragraph("The heron waits.")
    notes.add_table(rows=1, cols=1).rows[0].cells[0].text = "An egret: a < b & c."
    notes.save(data)
    return data.getvalue()


@pytest.mark.parametrize(("name", "data"), [("a.pdf", PDF), ("a.docx", word_file())])
def test_what_stands_in_a_document_is_found_when_it_is_readable(
    finds, document, seat, ada, name, data
):
    document(name, data)
    while run_one("here", ("default",)):
        pass
    assert finds(ada, "reading")
    assert not finds(ada, "heron")

    run_waiting()

    assert "The heron waits. An egret: a &lt; b &amp; c." in finds(ada, "heron")
    assert finds(ada, "egret")


def test_a_document_behind_a_condition_is_found_once_it_is_open(finds, document, add, seat, ada):
    first = add("page", rule={"when": "ticked"})
    document("a.pdf", PDF, prerequisites={"all": [{"kind": "completion", "activity": first.pk}]})
    run_waiting()
    assert not finds(ada, "heron")

    tick(seat.pk, first.pk, True)

    assert finds(ada, "heron")


def test_a_draft_and_what_is_gone_are_not_found(finds, document, add, seat, ada, tove):
    draft = add("document", publish=False)
    set_paper(draft, store(io.BytesIO(PDF), "a.pdf", "document"))
    run_waiting()
    assert not finds(ada, "heron")
    assert not finds(tove, "heron")

    shown = document("a.pdf", PDF)
    run_waiting()
    assert finds(ada, "heron")
    remove_activity(shown)
    run_waiting()

    assert not finds(ada, "heron")


def test_another_document_in_its_place_is_found_instead(finds, document, seat, ada):
    shown = document("a.pdf", PDF)
    run_waiting()

    set_paper(shown, store(io.BytesIO(typst.compile(b"A stork.")), "b.pdf", "document"))
    run_waiting()
    assert finds(ada, "heron")
    publish_activity(shown)
    run_waiting()

    assert not finds(ada, "heron")
    assert finds(ada, "stork")


def cues(*texts):
    rows = [f"00:0{n}.000 --> 00:0{n + 1}.000\n{text}\n" for n, text in enumerate(texts)]
    return ("WEBVTT\n\n" + "\n".join(rows)).encode()


@pytest.fixture
def video(add):
    """Publish a video with German and English captions."""

    def make():
        made, file = add("video", publish=False), store(io.BytesIO(film()), "a.mp4", "video")
        Film.objects.create(file=file, state="ready", seconds=20)
        set_film(made, file)
        set_captions(made, "de", "Deutsch", cues("Der Reiher", "steht & wartet."))
        set_captions(made, "en", "English", cues("The heron", "stands & waits."))
        publish_activity(made)
        Course.objects.update(published_at=made.published.published_at)
        return made

    return make


@pytest.mark.usefixtures("seat")
@pytest.mark.parametrize(
    ("language", "said", "other"),
    [
        ("en", "The heron stands &amp; waits.", "reiher"),
        ("", "Der Reiher steht &amp; wartet.", "heron"),
        ("fr", "Der Reiher steht &amp; wartet.", "heron"),
    ],
)
def test_what_is_said_in_a_video_is_found_in_the_language_of_the_course(
    finds, video, ada, language, said, other
):
    Course.objects.update(language=language)
    video()
    run_waiting()

    assert said in finds(ada, said.split()[1])
    assert not finds(ada, other)


def test_a_rebuild_lets_what_is_in_the_courses_be_found_again(finds, document, video, seat, ada):
    document("a.pdf", PDF)
    video()
    run_waiting()
    SearchEntry.objects.all().delete()

    call_command("rebuild", "algebra")
    run_waiting()

    assert finds(ada, "egret")
    assert finds(ada, "reiher")


def test_indexing_asks_as_much_for_a_long_document_as_for_a_short_one(document):
    pages = b"\n#pagebreak()\n".join(b"Page %d" % n for n in range(12))
    short, long = document("a.pdf", PDF), document("b.pdf", typst.compile(pages))
    run_waiting()

    counts = [queries_of_indexing(each) for each in (short, long)]

    assert counts[0] == counts[1]
    assert counts[0] <= 6


def queries_of_indexing(activity):
    published_config.cache_clear()
    with CaptureQueriesContext(connection) as asked:
        index_activity(ContentReady(activity_id=activity.pk))
    return len(asked)
