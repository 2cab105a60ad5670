"""A file of people that suspends who is missing leaves the staff of courses alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from schola.enrollment.actions import end_enrollments, enroll
from schola.kernel.jobs import run_waiting
from schola.people.models import ImportRow, Person, PersonImport

FILE = b"Name,E-mail\nOtto Brandt,otto@example.org\n"
CHECK = {"full_name": "Name", "email": "E-mail", "suspend_missing": "1"}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def checked(office):
    """Send a file in which only Otto is, and let those who are missing be suspended."""

    def check():
        answer = office.post("/people/import", {"file": SimpleUploadedFile("p.csv", FILE)})
        run_waiting()
        row = PersonImport.objects.get(pk=int(answer["Location"].rpartition("/")[2]))
        office.post(f"/people/import/{row.pk}/check", CHECK)
        run_waiting()
        row.refresh_from_db()
        return row

    return check


def apply(office, row):
    office.post(f"/people/import/{row.pk}/apply", {"confirmed": "1"})
    run_waiting()
    return set(Person.objects.exclude(suspended_at=None).values_list("full_name", flat=True))


def to_be_suspended(row):
    rows = ImportRow.objects.filter(of=row, kind="suspended")
    return set(rows.values_list("person__full_name", flat=True))


def test_who_teaches_by_a_seat_only_stays_and_the_dry_run_says_so(office, checked, tove, seat):
    row = checked()

    assert to_be_suspended(row) == {"Ada Lovelace"}
    page = office.get(f"/people/import/{row.pk}").text
    assert "1 person who is not in the file is not suspended" in page
    assert apply(office, row) == {"Ada Lovelace"}


def test_who_teaches_no_more_is_not_spared(office, checked, tove, course):
    end_enrollments([tove.pk], course, "instructor")

    row = checked()

    assert to_be_suspended(row) == {"Tove Jansson"}
    assert "is not suspended" not in office.get(f"/people/import/{row.pk}").text


def test_who_came_to_teach_after_the_dry_run_stays(office, checked, ada, course):
    row = checked()
    assert to_be_suspended(row) == {"Ada Lovelace"}
    enroll(ada, course, "assistant")

    assert apply(office, row) == set()
