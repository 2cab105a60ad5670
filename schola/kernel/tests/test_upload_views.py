from uuid import UUID

import pytest
from django.http import Http404

from schola.kernel.files import EVERYBODY, Limits, begin_upload, declare_purpose
from schola.kernel.files.views import one_upload, uploads
from schola.kernel.models import Organization
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
