"""The page of a course shows its learner the certificate as soon as there is one."""

import pytest

from schola.completion.certificates import revoke
from schola.completion.models import Certificate, Completion
from schola.courses.activity_types import Result
from schola.records.actions import record

DONE = Result(verb="completed", finished=True)


@pytest.fixture
def certificate(seat, add):
    """A certificate in a course with a step that is left, which nobody has to do."""
    needed = add("page")
    add("page", title="More to read", required=False)
    record(seat.pk, needed.pk, DONE)
    return Certificate.objects.get()


@pytest.fixture
def course_page(signed_in, ada):
    return lambda: signed_in(ada).get("/courses/algebra").text


def test_it_is_there_while_optional_steps_are_left(certificate, course_page):
    page = course_page()

    assert "More to read" in page
    assert "You have completed this course" in page
    assert page.count(f"/certificates/{certificate.number}.pdf") == 1


def test_it_is_there_once_when_no_step_is_left(certificate, seat, add, course_page):
    for activity in seat.course.activities.all():
        record(seat.pk, activity.pk, DONE)

    assert course_page().count(f"/certificates/{certificate.number}.pdf") == 1


def test_a_valid_one_stays_there_when_the_course_is_opened_again(certificate, course_page):
    Completion.objects.update(completed_at=None)

    page = course_page()

    assert f"/certificates/{certificate.number}.pdf" in page
    assert "You have completed this course" not in page


def test_one_that_is_revoked_is_not_there(certificate, course_page):
    revoke(certificate, "By mistake.")

    assert "/certificates/" not in course_page()
