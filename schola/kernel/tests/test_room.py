"""The reserve of the disk stays free, whoever sends, and however."""

import io
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from schola.kernel.files import (
    append_chunk,
    begin_upload,
    derivative,
    derive,
    finish_upload,
    room,
    store,
)
from schola.kernel.models import File, Organization, Upload
from schola.kernel.tenants import acting_in

PDF = b"%PDF-1.7\n" + b"x" * 991
SIZE = len(PDF)
WORDS = "There is no room for this file. Tell your administrator."


class Ada:
    pk = 1


@pytest.fixture(autouse=True)
def _place(place, settings):
    settings.RESERVE_BYTES = 10_000


@pytest.fixture
def free(monkeypatch):
    """Let so many bytes be free above the reserve."""

    def say(size):
        disk = SimpleNamespace(free=10_000 + size)
        monkeypatch.setattr(room.shutil, "disk_usage", lambda _path: disk)

    return say


def begin(size=SIZE):
    return begin_upload(Ada, "a.pdf", "test", size)


def refused(act):
    with pytest.raises(ValidationError) as error:
        act()
    return (error.value.code, error.value.messages) == ("no_room", [WORDS])


def test_what_others_have_announced_counts_until_it_is_here(free):
    free(4 * SIZE)
    with acting_in(Organization.objects.create(name="South").pk):
        begin()
        other = begin()
        assert refused(begin)
    assert refused(begin)

    free(3 * SIZE)  # as it is with one of the files on the disk
    with acting_in(other.organization_id):
        append_chunk(other, 0, PDF)
        finish_upload(other)
    free(4 * SIZE)

    assert begin()


def test_what_is_announced_has_room_to_the_end(free):
    free(2 * SIZE)
    upload = append_chunk(begin(), 0, PDF[:400])
    free(2 * SIZE - 400)
    upload = append_chunk(upload, 400, PDF[400:])
    free(SIZE)

    assert finish_upload(upload).size == SIZE


def test_uploads_of_yesterday_take_no_room(free, time_machine_at):
    free(2 * SIZE)
    begin()
    assert refused(begin)

    time_machine_at(hours=25)

    assert begin()


def test_an_upload_that_sends_nothing_for_an_hour_takes_no_room_until_it_goes_on(
    free, time_machine_at, settings
):
    settings.UNFINISHED_FILES = 1
    free(2 * SIZE)
    closed = begin()
    time_machine_at(minutes=59)
    with pytest.raises(ValidationError, match="are on their way"):
        begin()

    time_machine_at(minutes=2)
    begin().delete()
    append_chunk(closed, 0, PDF[:400])

    with pytest.raises(ValidationError, match="are on their way"):
        begin()


def test_uploads_that_slept_may_not_all_wake_up(free, time_machine_at, settings):
    settings.UNFINISHED_FILES = 1
    free(4 * SIZE)
    first = begin()
    time_machine_at(minutes=61)
    second = begin()
    append_chunk(second, 0, PDF[:400])

    with pytest.raises(ValidationError, match="are on their way"):
        append_chunk(first, 0, PDF[:400])

    second.delete()
    free(SIZE)
    assert refused(lambda: append_chunk(first, 0, PDF[:400]))
    free(2 * SIZE)
    assert append_chunk(first, 0, PDF[:400]).offset == 400


def test_a_file_of_a_form_leaves_the_reserve(free, place):
    free(SIZE - 1)

    assert refused(lambda: store(io.BytesIO(PDF), "a.pdf", "test"))
    assert not File.objects.exists()
    assert not [path for path in (place / "files").rglob("*") if path.is_file()]

    free(SIZE)
    assert store(io.BytesIO(PDF), "a.pdf", "test")


def test_what_is_only_announced_keeps_no_file_of_a_form_out(free):
    free(2 * SIZE)
    begin()

    assert refused(begin)
    assert store(io.BytesIO(PDF), "a.pdf", "test")


def test_what_is_made_of_a_file_leaves_the_reserve(free):
    free(SIZE)
    file = store(io.BytesIO(PDF), "a.pdf", "test")
    poster = derive(file, "poster", io.BytesIO(PDF))
    free(-1)

    assert refused(lambda: derive(file, "poster", io.BytesIO(PDF)))
    assert derivative(file, "poster") == poster


def test_an_upload_that_finds_no_room_at_its_end_is_not_a_file(free):
    free(2 * SIZE)
    upload = append_chunk(begin(), 0, PDF)
    free(-1)

    assert refused(lambda: finish_upload(upload))
    assert Upload.objects.get().file is None
