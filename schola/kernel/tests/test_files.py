import io
import os
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from schola.kernel.files import (
    Limits,
    OffsetConflict,
    append_chunk,
    begin_upload,
    declare_purpose,
    file_url,
    finish_upload,
    path_of,
    reap_uploads,
    serve_file,
    store,
    sweep,
)
from schola.kernel.files.formats import taken
from schola.kernel.files.purposes import purposes
from schola.kernel.files.sniff import OFFICE, OPEN_DOCUMENT, media_type_of
from schola.kernel.files.store import safe_name
from schola.kernel.models import File, Organization, Upload
from schola.kernel.tests.drawing import picture

pytestmark = pytest.mark.usefixtures("place")
PDF = b"%PDF-1.7\n" + b"x" * 5000


class Ada:
    pk = 1


def keep(data=PDF, name="a.pdf"):
    return store(io.BytesIO(data), name, "test")


def get(rf, url, method="get", **headers):
    sha256, token, name = url.partition("/f/")[2].split("/")
    return serve_file(getattr(rf, method)(url, headers=headers), sha256, token, name)


def body(response):
    return b"".join(response.streaming_content)


def test_the_same_bytes_lie_once_and_go_with_the_last_file(place):
    one, two = keep(), keep(name="b.pdf")
    path = path_of(one.sha256)
    assert path.read_bytes() == PDF
    assert len([p for p in (place / "files").rglob("*") if p.is_file() and p.name != ".lock"]) == 1

    os.utime(path, (0, 0))
    one.delete()
    assert sweep() == 0
    two.delete()
    assert sweep() == 1
    assert not path.exists()


def test_bytes_stored_anew_are_not_swept(place):
    file = keep()
    os.utime(path_of(file.sha256), (0, 0))
    file.delete()

    again = keep()
    File.objects.all().delete()

    assert sweep() == 0
    assert path_of(again.sha256).exists()


@pytest.mark.parametrize(("data", "words"), [(b"", "empty"), (b"x" * 100_001, "larger than 0 MB")])
def test_empty_and_large_files_are_refused_and_leave_nothing(place, data, words):
    with pytest.raises(ValidationError, match=words):
        keep(data)

    assert not [p for p in (place / "files").rglob("*") if p.is_file()]


def test_the_type_comes_from_the_bytes_not_from_the_name():
    page = store(io.BytesIO(b"<html><script>alert(1)</script>"), "cat.png", "test")
    with pytest.raises(ValidationError, match="no real PNG"):
        store(io.BytesIO(PDF), "cat.png", "test", Limits(kinds=("image/",)))

    assert page.media_type == "application/octet-stream"


PAPERS = Limits(
    kinds=("application/pdf", *list(OFFICE.values())[:2], f"{OPEN_DOCUMENT}presentation")
)
WANTED = "Send one of: PDF, Word (DOCX), slides (PPTX, ODP)."


@pytest.mark.parametrize(
    ("name", "media_type", "words"),
    [
        ("a.exe", "application/octet-stream", "A file of this kind is not taken here."),
        ("a.gif", "image/gif", "A file of this kind (GIF) is not taken here."),
        ("a.PPTX", "application/zip", "This file is no real PPTX, or it is damaged."),
    ],
)
def test_a_file_is_refused_in_words_that_people_use(name, media_type, words):
    with pytest.raises(ValidationError) as refused:
        PAPERS.check_type(media_type, name)

    assert refused.value.messages == [f"{words} {WANTED}"]


def test_what_is_taken_is_said_by_family_and_format():
    with pytest.raises(ValidationError, match=r"pictures \(PNG, JPEG, GIF, WebP\), ZIP\."):
        Limits(kinds=("image/", "application/zip")).check_type("application/pdf", "a.pdf")


def test_every_type_that_some_page_takes_has_a_name():
    assert [
        kind for each in purposes.values() for kind in each.limits.kinds if not taken((kind,))
    ] == []


def office(name):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "application/pdf"),
        (picture().getvalue(), "image/jpeg"),
        (b"\0\0\0\x20ftypisom" + b"\0" * 40, "video/mp4"),
        (b"WEBVTT\n\n00:00.000 --> 00:01.000\nHi", "text/vtt"),
        ("Grüße, Welt".encode(), "text/plain"),
        ("Grüße".encode("latin-1") + b"\0", "application/octet-stream"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "application/octet-stream"),
        (office("word/document.xml"), "application/vnd.openxmlformats-officedocument"),
        (office("imsmanifest.xml"), "application/zip"),
        (b"PK\x03\x04" + b"\xff" * 40, "application/octet-stream"),
        (b"\x7fELF" + b"\0" * 40, "application/octet-stream"),
    ],
)
def test_types_are_found(data, kind):
    assert media_type_of(io.BytesIO(data)).startswith(kind)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\essay.pdf", "essay.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("\u202egnp.exe", "gnp.exe"),
        ("...", "file"),
        ("", "file"),
    ],
)
def test_names_are_made_safe(name, safe):
    assert safe_name(name) == safe
    assert len(safe_name("x" * 500 + ".pdf")) == 200


def test_a_link_serves_the_file_whole_or_in_part(rf):
    url = file_url(keep())

    whole, part = get(rf, url), get(rf, url, Range="bytes=2-4")
    last, beyond = get(rf, url, Range="bytes=-3"), get(rf, url, Range="bytes=99999-")

    assert (whole.status_code, body(whole)) == (200, PDF)
    assert (part.status_code, body(part)) == (206, PDF[2:5])
    assert part["Content-Range"] == f"bytes 2-4/{len(PDF)}"
    assert body(last) == PDF[-3:]
    assert beyond.status_code == 416
    assert get(rf, url, **{"If-None-Match": whole["ETag"]}).status_code == 304
    assert get(rf, url, Range="bytes=0-1,5-6").status_code == 200
    assert get(rf, url, method="head")["Content-Length"] == str(len(PDF))


def test_a_range_without_an_end_is_answered_in_part(rf):
    size = 1_500_000
    whole_bytes = b"%PDF-1.7\n" + bytes(size - 9)
    declare_purpose("large", Limits(max_bytes=size))
    url = file_url(store(io.BytesIO(whole_bytes), "a.pdf", "large"))

    first, rest = get(rf, url, Range="bytes=0-"), get(rf, url, Range="bytes=1048576-")

    assert (first.status_code, first["Content-Range"]) == (206, f"bytes 0-1048575/{size}")
    assert first["Content-Length"] == "1048576"
    assert rest["Content-Range"] == f"bytes 1048576-{size - 1}/{size}"
    assert body(first) + body(rest) == whole_bytes


def test_a_download_that_is_taken_up_again_gets_all_the_rest(rf):
    size = 1_500_000
    declare_purpose("large", Limits(max_bytes=size))
    kept = store(io.BytesIO(b"%PDF-1.7\n" + bytes(size - 9)), "a.pdf", "large")

    rest = get(rf, file_url(kept, download=True), Range="bytes=10-")

    assert rest["Content-Range"] == f"bytes 10-{size - 1}/{size}"


def test_what_could_run_is_only_downloaded(rf):
    shown = get(rf, file_url(keep()))
    page = get(rf, file_url(keep(b"<html><script>1</script>", "x.html")))

    assert shown["Content-Disposition"].startswith("inline")
    assert page["Content-Disposition"].startswith("attachment")
    assert page["Content-Type"] == "application/octet-stream"
    assert page["X-Content-Type-Options"] == "nosniff"


def test_a_paper_is_framed_by_pages_of_its_own_organization(rf):
    paper = keep()
    Organization.objects.filter(pk=paper.organization_id).update(host="learn.example.net")

    answer = get(rf, file_url(paper))

    own = "http://learn.example.net:8000"
    assert answer["Content-Security-Policy"] == f"frame-ancestors 'self' {own}"
    assert answer["Access-Control-Allow-Origin"] == own


def test_a_link_stays_the_same_and_a_forged_one_is_nothing(rf):
    file, other = keep(), keep(b"other text")
    url = file_url(file)
    assert file_url(file) == url

    for forged in (
        url.replace(file.sha256, other.sha256),
        url.replace("_i_application~pdf", "_i_text~html"),
        url.replace(f"/{file.organization_id}_", "/999_"),
        url.replace("_i_", "_é_"),
    ):
        assert forged != url
        with pytest.raises(Http404):
            get(rf, forged)


def test_a_link_ends_after_two_weeks(rf, time_machine_at):
    url = file_url(keep())

    time_machine_at(days=15)

    with pytest.raises(Http404):
        get(rf, url)


def test_an_upload_goes_on_after_a_cut():
    upload = begin_upload(Ada, "a.pdf", "test", len(PDF))
    append_chunk(upload, 0, PDF[:1000])
    with pytest.raises(OffsetConflict) as conflict:
        append_chunk(upload, 0, PDF[:1000])
    assert conflict.value.offset == 1000
    with pytest.raises(ValidationError, match="not complete"):
        finish_upload(upload)

    append_chunk(upload, 1000, PDF[1000:])

    file = finish_upload(upload)
    assert finish_upload(upload) == file
    assert path_of(file.sha256).read_bytes() == PDF


def test_more_than_announced_is_refused():
    upload = begin_upload(Ada, "a.pdf", "test", 10)

    with pytest.raises(ValidationError, match="More was sent"):
        append_chunk(upload, 0, b"x" * 11)


def test_yesterdays_uploads_are_reaped(time_machine_at, place):
    upload = begin_upload(Ada, "a.pdf", "test", 10)
    append_chunk(upload, 0, b"x" * 5)

    time_machine_at(hours=25)

    assert reap_uploads() == 1
    assert not list((place / "uploads").iterdir())
    assert not Upload.objects.exists()
