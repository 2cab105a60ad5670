"""Who may send what in pieces, and whose file a page takes afterwards."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from schola.activities.scorm.tests.conftest import package
from schola.activities.video.actions import set_film
from schola.courses.activity_types import activity_types
from schola.enrollment.actions import enroll
from schola.kernel import clock
from schola.kernel.files import Limits, purposes, store
from schola.kernel.models import File, Upload
from schola.kernel.tests.drawing import picture
from schola.people.models import PersonImport

PDF = b"%PDF-1.7\n" + b"x" * 500
AUTHORS = ("video", "document", "package")


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def people(otto, tove):
    return otto, tove


def begin(browser, purpose="document"):
    return browser.post("/uploads", {"name": "a.pdf", "size": len(PDF), "purpose": purpose})


def send(browser, where, data=PDF, offset=0):
    return browser.generic("PATCH", where, data, headers={"Upload-Offset": str(offset)})


def test_every_purpose_that_comes_in_pieces_says_who_may_send():
    asked = {name: purpose.asks for name, purpose in purposes.items() if purpose.asks}

    assert {name: asked.get(name) for name in AUTHORS} == dict.fromkeys(AUTHORS, "activity.edit")
    assert not asked.keys() & {"submission", "people-import"}  # these come with their forms


@pytest.mark.parametrize("purpose", AUTHORS)
def test_authors_send_and_learners_do_not(purpose, seat, tove, signed_in):
    refused = begin(signed_in(seat.person), purpose)

    assert (refused.status_code, begin(signed_in(tove), purpose).status_code) == (403, 201)
    assert "does not include “Change activities”" in refused.text
    assert Upload.objects.get().person_id == tove.pk


@pytest.mark.parametrize("purpose", ["submission", "people-import"])
def test_what_comes_with_a_form_is_not_taken_in_pieces_from_anybody(purpose, otto, signed_in):
    refused = begin(signed_in(otto), purpose)

    assert refused.status_code == 403
    assert refused.text == "Files are not taken for this purpose."


def test_pieces_come_only_from_who_began(otto, tove, signed_in):
    where = begin(signed_in(tove))["Location"]
    other = signed_in(otto)

    assert other.head(where).status_code == 404
    assert send(other, where).status_code == 404
    assert Upload.objects.get().offset == 0


@pytest.mark.parametrize(
    ("kind", "path", "field"),
    [
        ("video", "film", "uploaded"),
        ("document", "paper", "uploaded"),
        ("scorm", "package", "upload"),
    ],
)
def test_a_page_takes_only_ones_own_upload_of_its_own_purpose(
    kind, path, field, add, people, signed_in
):
    otto, tove = people
    purpose = {"scorm": "package"}.get(kind, kind)
    item, browser = add(kind, publish=False), signed_in(tove)
    foreign = finished(otto, purpose)
    wrong = finished(tove, next(each for each in AUTHORS if each != purpose))
    unfinished = begin(browser, purpose)["Location"].rpartition("/")[2]

    for number in (foreign, wrong, unfinished, 10**6, ""):
        answer = browser.post(f"/courses/algebra/{item.key}/{path}", {field: number})
        assert answer.status_code == 422

    item.refresh_from_db()
    assert item.draft.config == activity_types[kind].example


def test_a_list_of_people_is_no_upload_that_was_sent_before(otto, signed_in):
    answer = signed_in(otto).post("/people/import", {"uploaded": finished(otto, "document")})

    assert answer.status_code == 422
    assert not PersonImport.objects.exists()


def finished(person, purpose):
    """Return the number of a file that the person has sent in pieces for this purpose."""
    upload = Upload.objects.create(
        person_id=person.pk, name="a.pdf", purpose=purpose, size=len(PDF), offset=len(PDF),
        created_at=clock.now(), file=store(BytesIO(PDF), "a.pdf", purpose, Limits()),
    )  # fmt: skip
    return upload.file_id


VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"
FORMS = [
    ("page", "/people/import", {"file": b"name,email\n"}),
    ("page", "/settings/certificates", {"logo": picture(40, 40, "PNG").getvalue()}),
    ("assignment", "{item}/hand-in", {"files": PDF}),
    ("document", "{item}/paper", {"file": PDF}),
    ("video", "{item}/film", {"file": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"}),
    ("video", "{item}/captions", {"file": VTT}),
    ("scorm", "{item}/package", {"package": package().getvalue()}),
]


@pytest.fixture
def full_rights(otto, course, signed_in):
    """The browser of somebody who may send each form."""
    enroll(otto, course)
    return signed_in(otto)


@pytest.mark.parametrize(("kind", "path", "sent"), FORMS, ids=[each[1] for each in FORMS])
def test_each_form_says_that_there_is_no_room(kind, path, sent, add, full_rights, settings):
    item = add(kind)
    if kind == "video":
        set_film(item, store(BytesIO(b"film"), "a.mp4", "video", Limits()))
    before, settings.RESERVE_BYTES = File.objects.count(), 10**18
    files = {name: SimpleUploadedFile("a.file", data) for name, data in sent.items()}

    url = path.format(item=f"/courses/algebra/{item.key}")
    answer = full_rights.post(url, {"language": "en", "revision": "0", **files})

    assert answer.status_code == 422
    assert "There is no room for this file. Tell your administrator." in answer.text
    assert File.objects.count() == before
