from uuid import UUID

import pytest
from django.http import Http404

from schola.kernel.files import EVERYBODY, Limits, begin_upload, declare_purpose, path_of
from schola.kernel.files.views import one_upload, uploads
from schola.kernel.models import File, Organization, Upload
from schola.kernel.tenants import acting_in

PDF = b"%PDF-1.7\n" + b"x" * 5000


@pytest.fixture(autouse=True)
def place(db, settings, tmp_path):
    settings.DATA = tmp_path
    declare_purpose("test", Limits(max_bytes=100_000), EVERYBODY)
    with acting_in(Organization.objects.create(name="Uploaded").pk):
        yield


class Ada:
    pk = 1


class Eve:
    pk = 2


def send(rf, method, path, person=Ada, data=None, **headers):
    options = {"content_type": "application/octet-stream"} if method == "patch" else {}
    request = getattr(rf, method)(path, data, headers=headers, **options)
    request.person = person
    if path == "/uploads":
        return uploads(request)
    return one_upload(request, UUID(path.rpartition("/")[2]))


def test_an_upload_over_http_in_two_pieces(rf):
    begun = send(rf, "post", "/uploads", data={"name": "a.pdf", "size": 5009, "purpose": "test"})
    where = begun["Location"]

    first = send(rf, "patch", where, data=PDF[:3000], **{"Upload-Offset": "0"})
    again = send(rf, "patch", where, data=PDF[:3000], **{"Upload-Offset": "0"})
    last = send(rf, "patch", where, data=PDF[3000:], **{"Upload-Offset": "3000"})
    repeated = send(rf, "patch", where, data=b"", **{"Upload-Offset": "5009"})

    assert (begun.status_code, first.status_code, again.status_code) == (201, 204, 409)
    assert again["Upload-Offset"] == "3000"
    assert (last.status_code, last.content) == (200, repeated.content)
    assert send(rf, "head", where)["Upload-Offset"] == "5009"


def test_the_upload_of_another_person_is_not_there(rf):
    upload = begin_upload(Ada, "a.pdf", "test", 10)

    with pytest.raises(Http404):
        send(rf, "head", f"/uploads/{upload.pk}", Eve)


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"name": "a", "size": "many", "purpose": "test"}, 422),
        ({"name": "a", "size": "0", "purpose": "test"}, 422),
        ({"name": "a", "size": "-5", "purpose": "test"}, 422),
        ({"name": "a", "size": "100001", "purpose": "test"}, 413),
        ({"name": "a", "size": "5", "purpose": "none"}, 422),
        ({}, 422),
    ],
)
def test_an_upload_that_cannot_be_is_refused(rf, data, status):
    assert send(rf, "post", "/uploads", data=data).status_code == status


def begin(rf, person=Ada, size=5009):
    data = {"name": "a.pdf", "size": size, "purpose": "test"}
    return send(rf, "post", "/uploads", person, data=data)


def test_a_person_has_only_so_many_files_on_their_way(rf, settings):
    before = [begin(rf)["Location"] for _ in range(settings.UNFINISHED_FILES)]

    refused = begin(rf)

    assert (refused.status_code, begin(rf, Eve).status_code) == (413, 201)
    assert "20 files of yours are on their way. Let one arrive, or cancel one." in refused.text
    send(rf, "patch", before[0], data=PDF, **{"Upload-Offset": "0"})
    assert begin(rf).status_code == 201
    send(rf, "delete", before[1])
    assert begin(rf).status_code == 201


def test_a_person_has_only_so_many_bytes_on_their_way(rf, settings, time_machine_at):
    settings.UNFINISHED_BYTES = 100_000
    begin(rf, size=60_000)

    refused = begin(rf, size=40_001)

    assert (refused.status_code, begin(rf, size=40_000).status_code) == (413, 201)
    assert "more than 0 MB of yours" in refused.text
    time_machine_at(hours=25)
    assert begin(rf, size=40_001).status_code == 201


def test_uploads_leave_the_reserve_of_the_disk(rf, settings):
    settings.RESERVE_BYTES = 10**18

    refused = begin(rf)

    assert refused.status_code == 507
    assert refused.text == "There is no room for this file. Tell your administrator."
    assert not Upload.objects.exists()


def test_an_upload_is_given_up_by_its_owner_with_its_bytes(
    rf, tmp_path, django_capture_on_commit_callbacks
):
    where = begin(rf)["Location"]
    send(rf, "patch", where, data=PDF[:3000], **{"Upload-Offset": "0"})
    with pytest.raises(Http404):
        send(rf, "delete", where, Eve)

    with django_capture_on_commit_callbacks(execute=True):
        assert send(rf, "delete", where).status_code == 204

    assert not list((tmp_path / "uploads").iterdir())
    with pytest.raises(Http404):
        send(rf, "patch", where, data=PDF[3000:], **{"Upload-Offset": "3000"})


def test_a_file_that_has_arrived_is_not_given_up(rf):
    where = begin(rf)["Location"]
    sent = send(rf, "patch", where, data=PDF, **{"Upload-Offset": "0"})

    answer = send(rf, "delete", where)

    assert (sent.status_code, answer.status_code) == (200, 409)
    assert path_of(File.objects.get().sha256).exists()


def test_what_is_not_taken_at_the_end_counts_no_longer(
    rf, tmp_path, django_capture_on_commit_callbacks
):
    declare_purpose("picture", Limits(100_000, ("image/",)), EVERYBODY)
    data = {"name": "a.png", "size": len(PDF), "purpose": "picture"}
    where = send(rf, "post", "/uploads", data=data)["Location"]

    with django_capture_on_commit_callbacks(execute=True):
        refused = send(rf, "patch", where, data=PDF, **{"Upload-Offset": "0"})

    assert refused.status_code == 422
    assert "no real PNG" in refused.text
    assert not Upload.objects.exists()
    assert not list((tmp_path / "uploads").iterdir())
