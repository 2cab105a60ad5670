"""A person's record, their access and their log: who sees what."""

from decimal import Decimal

import pytest

from schola.courses.actions import create_course, unpublish_course
from schola.courses.activity_types import Result, Score
from schola.enrollment.actions import end_enrollments, enroll
from schola.kernel.models import AuditEntry
from schola.people.models import SignInFailure
from schola.people.sessions import digest
from schola.records.actions import record


@pytest.fixture
def learned(seat, ada, add):
    """Ada has done a quiz in Algebra, and sits in another course, too."""
    quiz = add("quiz", points=10)
    score = Score(Decimal("7.142857"), Decimal(10))
    record(seat.pk, quiz.pk, Result(verb="completed", finished=True, score=score))
    enroll(ada, create_course("Botany"))
    return f"/people/{ada.pk}"


def test_a_person_reads_their_own_record(signed_in, ada, learned):
    browser = signed_in(ada)

    page = browser.get("/me/record").text

    assert browser.get(f"{learned}/learning").status_code == 200
    assert "Algebra" in page
    assert "Botany" in page
    assert "71.4%" in page
    assert "1 of 1" in page
    assert not AuditEntry.objects.exists()


def test_staff_see_the_courses_that_they_may_see(signed_in, tove, otto, person, learned):
    aude, stranger = person("Aude Auditor", "auditor"), person("Bo Stranger")

    page = signed_in(tove).get(f"{learned}/learning").text
    assert "Algebra" in page
    assert "Botany" not in page
    assert "Botany" in signed_in(aude).get(f"{learned}/learning").text
    assert signed_in(stranger).get(f"{learned}/learning").status_code == 404
    assert signed_in(otto).get("/people/999/learning").status_code == 404
    assert list(AuditEntry.objects.values_list("act", flat=True)) == ["read record"] * 2


def test_the_file_says_what_the_page_says(signed_in, tove, learned):
    text = signed_in(tove).get(f"{learned}/learning.csv").content.decode()

    assert '"Algebra"' in text
    assert "Botany" not in text
    assert text.count("\r\n") == 2


def test_a_course_that_is_closed_to_the_reader_is_named_without_a_link(
    signed_in, tove, person, ada, course, learned
):
    unpublish_course(course)
    aude, address = person("Aude Auditor", "auditor"), 'href="/courses/algebra'

    own = signed_in(ada).get("/me/record").text
    others = signed_in(aude).get(f"{learned}/learning").text
    author = signed_in(tove).get(f"{learned}/learning").text

    for page in (own, others):
        assert "Algebra" in page
        assert "71.4%" in page
        assert address not in page
    assert f"{address}?as=" in author
    assert f"{address}/grades?as=" in author


def test_the_grades_of_a_seat_that_ended_are_a_link_only_for_who_may_open_them(
    signed_in, tove, ada, seat, learned
):
    end_enrollments([ada.pk], seat.course)
    address = 'href="/courses/algebra/grades?as='

    assert address not in signed_in(ada).get("/me/record").text
    assert address in signed_in(tove).get(f"{learned}/learning").text


def test_the_record_costs_the_same_for_any_number_of_courses(
    signed_in, ada, learned, django_assert_max_num_queries
):
    for number in range(5):
        enroll(ada, create_course(f"Course {number}"))
    browser = signed_in(ada)
    browser.get("/me/record")

    with django_assert_max_num_queries(4):
        browser.get("/me/record")


def test_who_helps_sees_why_somebody_cannot_get_in(signed_in, otto, ada, person, learned):
    SignInFailure.objects.create(
        account=digest("ada@example.org"), address="10.1.2.3", at=ada.created_at
    )
    browser = signed_in(otto)

    page = browser.get(f"{learned}/access").text
    assert "nothing keeps them out" in page
    assert "10.1.2.3" in page
    browser.post(f"{learned}/change", {"do": "suspend"})
    assert "The account is suspended" in browser.get(f"{learned}/access").text
    assert signed_in(person("Mina Manager", "manager")).get(f"{learned}/access").status_code == 403
    assert signed_in(person("Bo Stranger")).get(f"{learned}/access").status_code == 404


def test_the_log_tells_what_staff_did(signed_in, otto, tove, ada, learned, course):
    office = signed_in(otto)
    signed_in(tove, type(office)()).get(f"{learned}/learning")
    office.post("/courses/algebra/people/change", {"who": "ada@example.org", "role": "instructor"})
    office.post(f"{learned}/change", {"do": "suspend"})

    page = office.get(f"{learned}/log").text

    for words in ("suspended", "put into a course", "course: Algebra", "looked at their record"):
        assert words in page
    assert "Tove Jansson" in page
    assert "Otto Brandt" in page
