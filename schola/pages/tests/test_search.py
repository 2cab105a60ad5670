"""What search finds for whom: nothing that the page behind a hit would not show."""

import pytest

from schola.courses.actions import create_course
from schola.courses.models import Course
from schola.enrollment.actions import enroll
from schola.kernel.jobs import run_waiting
from schola.people.models import Person


@pytest.fixture
def finds(signed_in):
    """Return whether a person finds this word: finds(ada, "heron")."""

    def look(person, word):
        run_waiting()
        page = signed_in(person).get(f"/search?q={word}")
        assert page.status_code == 200
        return "items" in page.text.split("<main", 1)[1]

    return look


@pytest.fixture
def first(add):
    return add("page", title="First")


@pytest.fixture
def lesson(add, first):
    """A lesson about herons, behind the first one."""
    after = {"all": [{"kind": "completion", "activity": first.pk}]}
    body = {"body": "<p>The heron waits.</p>"}
    return add("page", title="Birds", config=body, prerequisites=after)


def test_text_of_a_locked_lesson_is_found_once_it_is_open(
    finds, first, lesson, seat, ada, signed_in
):
    assert finds(ada, "first")
    assert not finds(ada, "heron")

    signed_in(ada).get(f"/courses/algebra/{first.key}")

    assert finds(ada, "heron")


def test_staff_find_what_is_locked_for_learners(finds, lesson, tove, otto):
    assert finds(tove, "heron")
    assert finds(otto, "heron")


def test_authors_who_also_learn_find_what_is_locked_for_learners(finds, lesson, tove, course):
    enroll(tove, course)

    assert finds(Person.objects.get(pk=tove.pk), "heron")


@pytest.fixture
def birds(add):
    return add("page", title="Birds", config={"body": "<p>The heron waits.</p>"})


def test_a_hidden_course_is_found_by_who_may_change_it(finds, birds, tove, otto):
    Course.objects.update(published_at=None)

    assert finds(tove, "heron")
    assert finds(otto, "heron")


def test_a_hidden_course_is_found_by_nobody_else(finds, birds, seat, ada, person):
    nora = person("Nora Weiss", "manager")
    assert finds(ada, "heron")
    assert finds(nora, "heron")

    Course.objects.update(published_at=None)

    assert not finds(ada, "heron")
    assert not finds(ada, "algebra")
    assert not finds(nora, "heron")


def test_a_seat_in_one_course_finds_nothing_of_another(finds, birds, ada):
    enroll(ada, create_course("Geometry"))

    assert not finds(ada, "heron")


def test_who_is_in_no_course_finds_nothing(finds, birds, ada):
    assert not finds(ada, "heron")
