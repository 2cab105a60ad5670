"""What something names stays, what nothing names goes after two weeks, and its bytes go last."""

import os
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

import pytest

from schola.activities.assignment.handing_in import take
from schola.activities.document.actions import set_paper
from schola.activities.document.conversion import make_readable
from schola.activities.document.tests.test_document import DRAWING, WORDS, docx
from schola.activities.scorm.packages import folder_of, free_packages, take_package
from schola.activities.scorm.tests.conftest import package
from schola.activities.video.actions import set_captions, set_film
from schola.completion.appearance import change_template, store_logo
from schola.completion.models import Certificate
from schola.courses.actions import publish_activity, save_draft
from schola.courses.activity_types import Result
from schola.courses.models import Activity
from schola.kernel import clock
from schola.kernel.files import (
    CONTENT,
    Limits,
    derive,
    path_of,
    picture_source,
    store,
    store_picture,
    sweep,
)
from schola.kernel.files.unnamed import GRACE, forget_unnamed, mark_unnamed
from schola.kernel.models import File, Organization, Upload
from schola.kernel.naming import naming_relations
from schola.kernel.tenants import acting_in
from schola.kernel.tests.drawing import picture
from schola.kernel.upkeep import free_files
from schola.people.imports.actions import begin as begin_import
from schola.records.actions import record

MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"


@pytest.fixture(autouse=True)
def place(school, settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


def keep(data=b"some bytes", purpose="document"):
    return store(BytesIO(data), "a.txt", purpose, Limits())


@contextmanager
def later(**span):
    with clock.at(clock.now() + timedelta(**span)):
        yield


def nights_pass():
    """Let the job run in two nights that are more than the grace apart."""
    free_files()
    with later(days=GRACE.days + 1):
        free_files()


def write(item, **config):
    item = Activity.objects.get(pk=item.pk)
    save_draft(item, config, item.draft.revision)


def film_with_captions(add, **_):
    item = add("video", publish=False)
    film = set_film(item, keep(MP4, "video")).file
    set_captions(Activity.objects.get(pk=item.pk), "en", "English", VTT)
    return [film, derive(film, "poster", BytesIO(b"poster")), File.objects.get(purpose="captions")]


def old_version_of_a_text(add, **_):
    """The picture stands in a version that learners began with, and no longer in the newest."""
    item, shown = add("page", publish=False), store_picture(picture(), "a.png", CONTENT)
    write(item, body=f'<img src="{picture_source(shown)}">')
    for body in ("<p>Without it.</p>", "<p>Anew.</p>"):
        publish_activity(Activity.objects.get(pk=item.pk))
        write(item, body=body)
    return [shown]


def text_with_pictures(add, **_):
    """The picture is named by what a document became."""
    body = WORDS % DRAWING
    data = docx(body, word__media__a_dot_png=picture(40, 40, "PNG").getvalue())
    paper = set_paper(add("document", publish=False), keep(data))
    make_readable(paper_id=paper.pk)
    return [paper.file, File.objects.get(key="html"), File.objects.get(purpose=CONTENT)]


def package_of_scorm(add, **_):
    config = take_package(package(), "golf.zip")
    write(add("scorm", publish=False), **config)
    return [File.objects.get(sha256=config["package"])]


def work_of_a_learner(add, seat, **_):
    sent = BytesIO(b"my work")
    sent.name = "work.txt"
    return list(take(seat.pk, add("assignment").pk, "", [sent]).submission.files.all())


def list_of_people(otto, **_):
    return [begin_import(otto, BytesIO(b"name,email\n"), "people.csv").file]


def logo_of_the_school(**_):
    change_template(None, 0, logo=store_logo(picture(), "logo.png"))
    return list(File.objects.filter(media_type="image/png"))


def logo_of_an_issued_certificate(add, seat, **_):
    """The school has another logo by now; the certificate stays as it was."""
    logo = store_logo(picture(), "logo.png")
    change_template(None, 0, logo=logo)
    record(seat.pk, add("page").pk, Result(verb="completed", finished=True))
    change_template(None, 1, logo="")
    assert Certificate.objects.get().look["logo"] == logo
    return list(File.objects.filter(sha256=logo))


USES = [
    film_with_captions, old_version_of_a_text, text_with_pictures, package_of_scorm,
    work_of_a_learner, list_of_people, logo_of_the_school, logo_of_an_issued_certificate,
]  # fmt: skip


@pytest.mark.parametrize("use", USES, ids=lambda use: use.__name__)
def test_what_is_used_stays_and_what_is_not_goes(use, add, seat, otto):
    used, unused = use(add=add, seat=seat, otto=otto), keep(b"nobody names me")

    nights_pass()

    left = set(File.objects.values_list("pk", flat=True))
    assert used
    assert {file.pk for file in used} <= left
    assert unused.pk not in left


def test_every_relation_to_files_is_used_above():
    names = {f"{model.__name__}.{name}" for model, name in naming_relations(File)}

    assert names == {"PersonImport.file", "Submission_files.file"}


def test_a_file_goes_with_what_it_became_and_its_bytes_after_it(add, place):
    item = add("video", publish=False)
    film = set_film(item, keep(MP4, "video")).file
    paths = [path_of(file.sha256) for file in (film, derive(film, "poster", BytesIO(b"poster")))]
    write(item, body="")
    for path in paths:
        os.utime(path, (0, 0))

    nights_pass()

    assert not File.objects.exists()
    assert all(path.exists() for path in paths)  # as after a crash between the two
    assert sweep() == 2
    assert not any(path.exists() for path in paths)


def test_bytes_stay_while_another_school_has_them():
    file = keep()
    with acting_in(Organization.objects.create(name="South").pk):
        other = keep()
    os.utime(path_of(file.sha256), (0, 0))

    nights_pass()

    assert not File.objects.filter(pk=file.pk).exists()
    assert sweep() == 0
    with acting_in(other.organization_id):
        assert File.objects.get() == other


def test_another_school_keeps_nothing_by_a_digest(add):
    with acting_in(Organization.objects.create(name="South").pk):
        file = keep()
    write(add("page", publish=False), body=f"media:{file.sha256}/a.webp")

    with acting_in(file.organization_id):
        nights_pass()
        assert not File.objects.exists()


def test_nothing_goes_within_the_grace():
    keep()
    mark_unnamed()

    with later(days=GRACE.days - 1):
        free_files()

    assert File.objects.get().unnamed_since


def test_the_grace_begins_anew_when_something_named_it_meanwhile(add):
    file, item = keep(), add("page", publish=False)
    mark_unnamed()
    with later(days=7):
        write(item, body=file.sha256)
        assert File.objects.get().unnamed_since is None
        write(item, body="")
        free_files()

    with later(days=GRACE.days + 1):
        free_files()

    assert File.objects.get() == file


def test_a_text_that_takes_it_up_in_the_last_moment_keeps_it(add):
    file, item = keep(), add("page", publish=False)
    mark_unnamed()

    with later(days=GRACE.days + 1):
        write(item, body=file.sha256)  # after the last look into the texts
        assert forget_unnamed() == 0

    assert File.objects.get() == file


def test_a_list_that_takes_it_up_in_the_last_moment_keeps_it(add, seat):
    file = keep()
    sent = BytesIO(b"my work")
    sent.name = "work.txt"
    submission = take(seat.pk, add("assignment").pk, "", [sent]).submission
    mark_unnamed()

    with later(days=GRACE.days + 1):
        submission.files.add(file)
        assert forget_unnamed() == 0


def test_a_finished_upload_that_nobody_used_keeps_nothing():
    file = keep()
    Upload.objects.create(
        person_id=1, name="a", purpose="document", size=1, offset=1,
        created_at=clock.now(), file=file,
    )  # fmt: skip

    nights_pass()

    assert not File.objects.exists()
    assert not Upload.objects.exists()


def test_an_unpacked_package_goes_with_its_zip(add):
    kept, gone = (take_package(package(parameters=f"?{n}"), "golf.zip") for n in "ab")
    write(add("scorm", publish=False), **kept)
    for config in (kept, gone):
        os.utime(folder_of(config["package"]), (0, 0))

    nights_pass()
    free_packages()

    assert folder_of(kept["package"]).is_dir()
    assert not folder_of(gone["package"]).exists()


def test_a_package_that_is_sent_again_stays_unpacked():
    config = take_package(package(), "golf.zip")
    os.utime(folder_of(config["package"]), (0, 0))
    File.objects.all().delete()

    take_package(package(), "again.zip")
    File.objects.all().delete()  # as if its transaction were not committed yet
    free_packages()

    assert folder_of(config["package"]).is_dir()
