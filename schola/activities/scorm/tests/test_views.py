"""An author sends a package while the form of the draft saves itself."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from schola.activities.scorm import views
from schola.activities.scorm.tests.conftest import package
from schola.courses.actions import save_draft
from schola.courses.models import Activity
from schola.kernel.revision import StaleRevision


@pytest.fixture
def draft(add):
    return add("scorm", publish=False)


def send(browser, activity):
    file = SimpleUploadedFile("golf.zip", package().read())
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
