"""Putting many people into a course at once, by a list or a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from schola.enrollment.actions import enroll
from schola.enrollment.models import Enrollment
from schola.kernel import audit
from schola.kernel.models import AuditEntry
from schola.people.actions import suspend

LIST = "/courses/algebra/people/list"


@pytest.fixture
def teacher(signed_in, tove):
    return signed_in(tove)


@pytest.fixture
def grace(person):
    found = person("Grace Hopper")
    found.number = "00-417"
    found.save()
    return found


def learners():
    seats = Enrollment.objects.active().filter(role="learner")
    return set(seats.values_list("person_id", "source"))


def test_addresses_and_numbers_put_people_in_and_the_rest_is_named(teacher, ada, grace, course):
    page = teacher.post(LIST, {"lines": f"{ada.email.upper()}\n\n00-417\nnobody@x.example"}).text

    assert learners() == {(ada.pk, "file"), (grace.pk, "file")}
    assert "2 people were put in." in page
    assert "Line 4" in page
    assert "nobody@x.example</textarea>" in page
    assert AuditEntry.objects.filter(act="course.list-joined").count() == 1


def test_a_csv_names_people_in_the_column_of_the_addresses(teacher, ada, grace, course):
    rows = f"Name;Number;E-mail\nAda;1;{ada.email}\nGrace;2;{grace.email}\n"
    file = SimpleUploadedFile("class.csv", rows.encode("utf-8-sig"))

    page = teacher.post(LIST, {"file": file}).text

    assert learners() == {(ada.pk, "file"), (grace.pk, "file")}
    assert "Lines that name nobody" not in page


def test_who_is_in_the_course_already_keeps_their_seat(teacher, ada, grace, course):
    enroll(ada, course)

    page = teacher.post(LIST, {"lines": f"{ada.email}\n00-417\n00-417"}).text

    assert "1 person was put in." in page
    assert "1 was in the course already." in page
    assert learners() == {(ada.pk, "hand"), (grace.pk, "file")}


def test_who_is_suspended_is_named_as_nobody(teacher, tove, grace, course):
    suspend(grace, tove)

    assert "Line 1" in teacher.post(LIST, {"lines": "00-417"}).text
    assert learners() == set()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"lines": " \n"}, "Write an address or a number in each line"),
        ({"lines": "\n".join(f"{n}@x.example" for n in range(5_001))}, "more than 5000 lines"),
        ({"file": SimpleUploadedFile("class.xlsx", b"PK\x03\x04\0\0")}, "This is no table."),
        ({"file": SimpleUploadedFile("class.csv", b"a" * 5_000 + b"\0")}, "no text"),
    ],
    ids=["nothing", "too many", "no table", "no text"],
)
def test_what_is_no_list_is_refused_in_words(sent, words, teacher, course):
    answer = teacher.post(LIST, sent)

    assert answer.status_code == 422
    assert words in answer.text


def test_five_thousand_lines_below_a_heading_are_read(teacher, course):
    lines = "\n".join(["E-mail", *(f"{n}@x.example" for n in range(5_000))])

    answer = teacher.post(LIST, {"lines": lines})

    assert answer.status_code == 200
    assert "and 4900 more lines" in answer.text


def test_nobody_is_put_in_without_the_entry_that_says_so(teacher, ada, course, monkeypatch):
    monkeypatch.setattr(audit, "act", lambda *_given, **_more: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        teacher.post(LIST, {"lines": ada.email})

    assert learners() == set()


def test_words_beside_an_address_are_no_heading(teacher, ada, grace, course):
    lines = f"e-mail,role\n{ada.email},learner\nnobody@x.example,learner\n{grace.email},student"

    page = teacher.post(LIST, {"lines": lines}).text

    assert learners() == {(ada.pk, "file"), (grace.pk, "file")}
    assert "Line 3" in page
    assert f"{ada.email},learner" not in page
