"""A file is not deleted under somebody who names it in an unusual way, or at this very moment."""

from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from threading import Event, Thread

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import FileField

from schola.activities.assignment.handing_in import take
from schola.activities.document.actions import set_paper
from schola.activities.document.conversion import make_readable
from schola.activities.document.tests.test_document import DRAWING, WORDS, docx
from schola.courses.actions import save_draft
from schola.courses.models import Activity
from schola.kernel import clock
from schola.kernel.files import CONTENT, Limits, derivative, derive, hold, path_of, store
from schola.kernel.files.unnamed import GRACE, forget_unnamed, mark_unnamed
from schola.kernel.models import File, Upload
from schola.kernel.tenants import acting_in
from schola.kernel.tests.drawing import picture
from schola.kernel.tests.writers import two_writers
from schola.kernel.upkeep import free_files


@pytest.fixture(autouse=True)
def place(school, settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def page(add):
    return add("page", publish=False)


@pytest.fixture
def text_of(page):
    """Write a text as the draft of a page."""

    def write(body, **more):
        item = Activity.objects.get(pk=page.pk)
        save_draft(item, {"body": body, **more}, item.draft.revision)

    return write


def keep(data=b"some bytes"):
    return store(BytesIO(data), "a.txt", "document", Limits())


def after_the_grace():
    return clock.at(clock.now() + GRACE + timedelta(days=1))


def nights_pass():
    free_files()
    with after_the_grace():
        free_files()


def by_what_it_became(file):
    """Somebody copied the address of the smaller picture, as a browser shows it."""
    return {"body": f"media:{derive(file, '480', BytesIO(b'smaller')).sha256}/a.webp"}


def by_number(file):
    return {"body": "", "file": file.pk}


def by_number_in_a_list(file):
    return {"body": "", "pages": [{"cover_file_ids": [0, file.pk]}]}


def by_number_of_what_it_became(file):
    return {"body": "", "poster_file": str(derive(file, "poster", BytesIO(b"poster")).pk)}


def behind_other_digits(file):
    return {"body": f"/f/c0ffee{file.sha256}"}


WAYS = [
    by_what_it_became, by_number, by_number_in_a_list, by_number_of_what_it_became,
    behind_other_digits,
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_it_stays_however_it_is_named(way, text_of):
    named, other = keep(), keep(b"nobody names me")
    text_of(**way(named))

    nights_pass()

    assert File.objects.filter(pk=named.pk).exists()
    assert not File.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_it_stays_however_it_is_named_in_the_last_moment(way, text_of):
    named = keep()
    mark_unnamed()

    with after_the_grace():
        text_of(**way(named))
        assert forget_unnamed() == 0

    assert File.objects.filter(pk=named.pk).exists()


def test_all_files_of_the_same_bytes_stay_while_one_is_named(text_of):
    files = [keep(), keep()]
    text_of(f"media:{files[0].sha256}/a.txt")

    nights_pass()

    assert set(File.objects.all()) == set(files)


def test_a_form_that_is_sent_long_after_its_upload_finds_the_file(text_of):
    file = keep()
    Upload.objects.create(
        person_id=1, name="a", purpose="document", size=1, offset=1,
        created_at=clock.now(), file=file,
    )  # fmt: skip
    free_files()

    with clock.at(clock.now() + GRACE - timedelta(days=1)):
        free_files()
        text_of("", file=Upload.objects.get().file_id)
    with clock.at(clock.now() + 3 * GRACE):
        free_files()

    assert File.objects.get() == file


def test_nothing_goes_while_the_text_of_a_document_cannot_be_read(add):
    data = docx(WORDS % DRAWING, word__media__a_dot_png=picture(40, 40, "PNG").getvalue())
    paper = set_paper(add("document", publish=False), keep(data))
    make_readable(paper_id=paper.pk)
    path_of(derivative(paper.file, "html").sha256).unlink()

    with pytest.raises(FileNotFoundError):
        nights_pass()

    assert File.objects.get(purpose=CONTENT).unnamed_since is None


def test_no_table_names_files_by_a_path():
    fields = [field for model in apps.get_models() for field in model._meta.local_fields]

    assert fields
    assert not [field for field in fields if isinstance(field, FileField)]  # naming.py reads none


@contextmanager
def not_committed_yet(school, do):
    """Do it on a connection of its own, whose transaction ends with the block."""
    done, end = Event(), Event()

    def work():
        with acting_in(school.pk), transaction.atomic():
            do()
            done.set()
            end.wait(10)
        connection.close()

    thread = Thread(target=work)
    thread.start()
    assert done.wait(10)
    yield
    end.set()
    thread.join()


@two_writers
@pytest.mark.django_db(transaction=True)
def test_a_text_that_is_not_committed_yet_keeps_it(school, text_of):
    file = keep()
    mark_unnamed()

    with not_committed_yet(school, lambda: text_of(file.sha256)), after_the_grace():
        free_files()
    with after_the_grace():
        free_files()

    assert File.objects.get() == file


@two_writers
@pytest.mark.django_db(transaction=True)
def test_a_text_that_names_what_it_became_and_is_not_committed_yet_keeps_it(school, text_of):
    file = keep()
    smaller = derive(file, "480", BytesIO(b"smaller"))
    mark_unnamed()

    with not_committed_yet(school, lambda: text_of(smaller.sha256)), after_the_grace():
        free_files()

    assert set(File.objects.all()) == {file, smaller}


@two_writers
@pytest.mark.django_db(transaction=True)
def test_a_list_that_holds_it_and_is_not_committed_yet_keeps_it(school, add, seat):
    file, sent = keep(), BytesIO(b"my work")
    sent.name = "work.txt"
    submission = take(seat.pk, add("assignment").pk, "", [sent]).submission
    mark_unnamed()

    def add_to_list():
        hold({"file": file.pk})
        submission.files.add(file)

    with not_committed_yet(school, add_to_list), after_the_grace():
        free_files()

    assert submission.files.filter(pk=file.pk).exists()
