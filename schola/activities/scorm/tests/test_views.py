"""An author sends a package: while the form of the draft saves itself, or the disk is full."""

import zipfile
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from schola.activities.scorm import views
from schola.activities.scorm.packages import folder_of
from schola.activities.scorm.tests.conftest import manifest, package
from schola.courses.actions import save_draft
from schola.courses.models import Activity
from schola.kernel.files import room
from schola.kernel.models import File
from schola.kernel.revision import StaleRevision


@pytest.fixture
def draft(add):
    return add("scorm", publish=False)


def send(browser, activity, data=None):
    file = SimpleUploadedFile("golf.zip", data or package().read())
    return browser.post(f"/courses/algebra/{activity.key}/package", {"package": file})


def test_what_was_saved_while_a_package_is_unpacked_stays(draft, tove, signed_in, monkeypatch):
    unpack = views.take_package

    def meanwhile(*given):
        now = Activity.objects.get(pk=draft.pk)
        save_draft(now, now.draft.config | {"note": "kept"}, now.draft.revision)
        return unpack(*given)

    monkeypatch.setattr(views, "take_package", meanwhile)

    answer = send(signed_in(tove), draft)

    config = Activity.objects.get(pk=draft.pk).draft.config
    assert answer.status_code == 302
    assert config["package"]
    assert config["note"] == "kept"


def test_a_draft_that_has_moved_on_is_said_in_words(draft, tove, signed_in, monkeypatch):
    def moved_on(*_given):
        raise StaleRevision(7)

    monkeypatch.setattr(views, "save_draft", moved_on)

    answer = send(signed_in(tove), draft)

    assert answer.status_code == 409
    assert "Somebody else changed this meanwhile." in answer.text


def test_a_package_that_has_no_room_unpacked_is_refused_and_nothing_of_it_is_kept(
    draft, tove, signed_in, settings, monkeypatch
):
    files = {"imsmanifest.xml": manifest(), "play/index.html": "<p>Play</p>" * 5000}
    with zipfile.ZipFile(stream := BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    disk = SimpleNamespace(free=10**6 + 20_000)  # room for the zip file, not for what is in it
    settings.RESERVE_BYTES = 10**6
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _path: disk)

    answer = send(signed_in(tove), draft, stream.getvalue())

    assert answer.status_code == 422
    assert "There is no room for this file. Tell your administrator." in answer.text
    assert not File.objects.exists()
    assert not list(folder_of("").iterdir())
    disk.free += 60_000
    assert send(signed_in(tove), draft, stream.getvalue()).status_code == 302
