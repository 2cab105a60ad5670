"""What is broken or hostile is refused in words, with 4xx, and nothing of it is kept."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from schola.activities.assignment.models import Submission
from schola.courses.models import ActivityVersion
from schola.kernel.jobs import run_waiting
from schola.kernel.models import Job, Upload
from schola.people.actions import add_to_group, make_group
from schola.people.models import Person, PersonImport
from schola.questions.models import Answer
from tests.crash.package import MANIFEST, zipped

ENTITIES = '<!DOCTYPE m [<!ENTITY a "x">]>' + MANIFEST
PACKAGES = {  # what is sent, and a word of what is said
    "no zip": (b"this is no zip", "kind"),
    "a zip that was cut": (zipped({"imsmanifest.xml": MANIFEST})[:200], ""),
    "no manifest": (zipped({}), "imsmanifest.xml"),
    "a manifest that is no XML": (zipped({"imsmanifest.xml": "<manifest"}), "XML"),
    "a manifest with entities": (zipped({"imsmanifest.xml": ENTITIES}), "DOCTYPE"),
    "a way out": (zipped({"imsmanifest.xml": MANIFEST, "../out.html": "x"}), "../out.html"),
    "nothing": (b"", "empty"),
}
FILMS = {"bytes": bytes(range(256)), "a page": b"<!doctype html><script>1</script>", "nothing": b""}
SHEETS = {
    "bytes": bytes(range(256)) * 8,
    "a damaged workbook": b"PK\x03\x04" + b"x" * 200,
    "one very long line": b"name,email\n" + b"x" * 1_000_000 + b",a@example.org\n",
}


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.mark.parametrize(("data", "word"), PACKAGES.values(), ids=PACKAGES)
def test_a_bad_package_is_refused_in_words(data, word, add, tove, signed_in):
    item = add("scorm", publish=False)
    before = ActivityVersion.objects.get(activity=item).config

    answer = sent(signed_in(tove), item, "package", "package", data)

    assert answer.status_code == 422
    assert word in answer.text
    assert ActivityVersion.objects.get(activity=item).config == before


@pytest.mark.parametrize(("kind", "where"), [("video", "film"), ("document", "paper")])
@pytest.mark.parametrize("data", FILMS.values(), ids=FILMS)
def test_a_bad_film_or_document_is_refused_in_words(data, kind, where, add, tove, signed_in):
    item = add(kind, publish=False)

    answer = sent(signed_in(tove), item, where, "file", data)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "file" not in ActivityVersion.objects.get(activity=item).config


@pytest.mark.parametrize("data", SHEETS.values(), ids=SHEETS)
def test_a_bad_list_of_people_is_told_and_changes_nobody(data, otto, signed_in):
    browser, people = signed_in(otto), Person.objects.count()

    browser.post("/people/import", {"file": SimpleUploadedFile("people.csv", data)})
    run_waiting()

    row = PersonImport.objects.get()
    assert row.fault or row.counts.get("rejected")
    assert browser.get(f"/people/import/{row.pk}").status_code == 200
    assert Person.objects.count() == people
    assert not Job.objects.exclude(state="done").exists()


def test_a_film_that_cannot_be_decoded_is_told_on_the_page_of_its_draft(add, tove, signed_in):
    item = add("video", publish=False)
    browser = signed_in(tove)
    sent(browser, item, "film", "file", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\xff" * 5000)

    run_waiting()

    assert "cannot be played" in browser.get(f"/courses/algebra/{item.key}/edit").text


def test_a_bomb_is_refused(add, tove, signed_in):
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", MANIFEST)
        archive.writestr("zeros.html", b"\0" * 20_000_000)

    answer = sent(
        signed_in(tove), add("scorm", publish=False), "package", "package", made.getvalue()
    )

    assert answer.status_code == 422
    assert "zeros.html" in answer.text


def sent(browser, item, where, field, data):
    file = SimpleUploadedFile("sent.bin", data)
    return browser.post(f"/courses/algebra/{item.key}/{where}", {field: file})


@pytest.mark.parametrize("out", ["²", "9" * 30, "x", ""])
def test_a_member_that_no_group_has_is_taken_out_of_none(out, otto, signed_in):
    group = make_group("Class 7")
    add_to_group(group, [otto.pk])

    answer = signed_in(otto).post(f"/groups/{group.pk}/change", {"out": out})

    assert answer.status_code == 302
    assert group.members.count() == 1


@pytest.mark.parametrize("address", ["/verify/x%00", "/courses/x%00", "/courses/algebra/y%00"])
def test_an_address_with_a_nul_is_not_there(address, otto, signed_in):
    assert signed_in(otto).get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/verify?number=%00", "/people?q=a%00b", "/courses/algebra/people?q=a%00b"]
)
def test_a_query_with_a_nul_is_refused_in_words(address, course, otto, signed_in):
    answer = signed_in(otto).get(address)

    assert answer.status_code == 400
    assert "NUL" in answer.text


def test_a_form_with_a_nul_is_refused_in_words(course, otto, signed_in):
    answer = signed_in(otto).post("/courses/algebra/people/change", {"who": "a\0b"})

    assert answer.status_code == 400
    assert "NUL" in answer.text


@pytest.mark.parametrize("fields", [{"text": "a\0b"}, {"text": "a", "x\0": "y"}])
def test_work_with_a_nul_is_refused_in_words_and_not_kept(fields, add, seat, signed_in):
    item = add("assignment")

    answer = signed_in(seat.person).post(f"/courses/algebra/{item.key}/hand-in", fields)

    assert answer.status_code == 400
    assert "NUL" in answer.text
    assert not Submission.objects.exists()


def test_a_file_may_hold_a_nul(add, tove, signed_in):
    answer = sent(signed_in(tove), add("document", publish=False), "paper", "file", b"\0\0")

    assert answer.status_code == 422


LONG = ["9" * 30, "9" * 5000]  # more than a column holds, more than Python reads
BAD_NUMBERS = [*LONG, "x", "-1", "²", ""]


@pytest.fixture
def taking(add, seat, signed_in):
    """Ada has begun a quiz; return her browser and the address of the attempt."""
    browser, item = signed_in(seat.person), add("quiz")
    return browser, browser.post(f"/courses/algebra/{item.key}/start")["Location"]


@pytest.mark.parametrize("rev", [*BAD_NUMBERS, "0"])
def test_an_answer_with_a_count_that_is_none_is_refused_in_words(rev, taking):
    browser, url = taking

    answer = browser.post(f"{url}/answers/1", {"rev": rev, "q1": "0"})

    assert answer.status_code == 422
    assert "whole number" in answer.json()["error"]
    assert not Answer.objects.exists()


@pytest.mark.parametrize("number", LONG)
@pytest.mark.parametrize("rest", ["", "/answers", "/result"])
def test_an_attempt_of_a_number_that_is_too_long_is_not_there(number, rest, taking):
    browser, url = taking

    assert browser.get(url.rpartition("/")[0] + f"/{number}{rest}").status_code == 404


@pytest.mark.parametrize(("number", "status"), [(LONG[0], 422), (LONG[1], 404)])
def test_a_question_of_a_number_that_is_too_long_is_refused(number, status, taking):
    browser, url = taking

    assert browser.post(f"{url}/answers/{number}", {"rev": "1"}).status_code == status


@pytest.mark.parametrize("number", BAD_NUMBERS)
def test_an_upload_of_a_number_that_is_none_is_refused_in_words(number, add, tove, signed_in):
    item = add("video", publish=False)

    answer = signed_in(tove).post(f"/courses/algebra/{item.key}/film", {"uploaded": number})

    assert answer.status_code == 422
    assert "Choose a file first" in answer.text


@pytest.mark.parametrize("offset", BAD_NUMBERS)
def test_a_piece_that_begins_nowhere_is_refused_in_words(offset, add, tove, signed_in):
    browser, item = signed_in(tove), add("video", publish=False)
    words = {"name": "a.mp4", "size": 9, "purpose": "video"}
    where = browser.post(f"/courses/algebra/{item.key}/film-pieces", words)["Location"]

    answer = browser.generic("PATCH", where, b"a piece", headers={"Upload-Offset": offset})

    assert answer.status_code == 422
    assert "Upload-Offset" in answer.text
    assert Upload.objects.get().offset == 0


@pytest.mark.parametrize(("size", "status"), [(LONG[0], 413), (LONG[1], 422)])
def test_an_upload_of_a_size_that_is_too_long_is_not_begun(size, status, add, tove, signed_in):
    item, words = add("video"), {"name": "a.mp4", "size": size, "purpose": "video"}

    answer = signed_in(tove).post(f"/courses/algebra/{item.key}/film-pieces", words)

    assert answer.status_code == status
    assert not Upload.objects.exists()
