"""A document for which there was no room on the disk is tried once more by a button."""

import io

import pytest

from schola.activities.document.actions import set_paper
from schola.activities.document.models import Paper
from schola.activities.document.tests.test_document import NO_ROOM, docx, pdf
from schola.kernel.files import store
from schola.kernel.jobs import run_waiting
from schola.kernel.models import Job


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def draft(add):
    """Add a document whose draft shows these bytes: draft("a.pdf", pdf())."""

    def make(name, data):
        made = add("document")
        set_paper(made, store(io.BytesIO(data), name, "document"))
        return f"/courses/algebra/{made.key}"

    return make


@pytest.mark.parametrize("made", [("a.pdf", pdf()), ("rules.docx", docx())], ids=["PDF", "DOCX"])
@pytest.mark.parametrize("state", ["waiting", "failed"])
def test_a_document_that_found_no_room_is_made_readable_by_the_button(
    signed_in, tove, draft, settings, made, state
):
    browser, base = signed_in(tove), draft(*made)
    usual, settings.RESERVE_BYTES = settings.RESERVE_BYTES, 10**18
    run_waiting()
    Job.objects.filter(lane="media").update(state=state)
    page = browser.get(f"{base}/edit").text
    assert NO_ROOM in page
    assert f'action="{base}/paper-again"' in page

    settings.RESERVE_BYTES = usual
    answers = [browser.post(f"{base}/paper-again", follow=True).text for _ in range(2)]

    told = "The document is made readable now; you may go on."
    assert [told in answer for answer in answers] == [True, False]
    assert "The document is being made readable." in answers[0]
    assert NO_ROOM not in answers[0]
    run_waiting()
    assert Paper.objects.get().state == "ready"
    assert [job.state for job in Job.objects.filter(lane="media")] == ["done"]


def test_a_broken_document_is_not_offered_what_does_not_help(signed_in, tove, draft):
    browser, base = signed_in(tove), draft("a.pdf", b"%PDF-1.7\n" + bytes(100))
    run_waiting()

    page = browser.get(f"{base}/edit").text
    answer = browser.post(f"{base}/paper-again")

    assert "This PDF is damaged." in page
    assert "paper-again" not in page
    assert answer.status_code == 422
    assert "This PDF is damaged." in answer.text


def test_only_who_may_change_the_activity_tries_again(signed_in, ada, seat, tove, add, draft):
    base = draft("a.pdf", pdf())

    assert signed_in(ada).post(f"{base}/paper-again").status_code == 403
    missing = f"/courses/algebra/{add('document').key}/paper-again"
    assert signed_in(tove).post(missing).status_code == 404
