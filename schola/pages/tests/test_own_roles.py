"""Roles of the school's own in one course: given, named, counted, kept while held."""

import pytest

from schola.enrollment.actions import end_enrollments, enroll
from schola.enrollment.models import Enrollment
from schola.people.actions import change_role, copy_role, give_role
from schola.people.models import Role

PEOPLE = "/courses/algebra/people"


@pytest.fixture
def mentor(school):
    """A role that an instructor holds all of."""
    role = copy_role(Role.objects.get(key="assistant"), "Mentor & friend")
    change_role(role, role.revision, ["course.view", "course.people"], "Mentor & friend")
    return Role.objects.get(pk=role.pk)


def test_it_is_given_beside_the_built_in_ones_and_named(signed_in, tove, ada, mentor):
    browser = signed_in(tove)
    offered = '<option value="mentor-friend">Mentor &amp; friend</option>'
    assert offered in browser.get(PEOPLE).text

    browser.post(f"{PEOPLE}/change", {"who": ada.email, "role": mentor.key})

    assert Enrollment.objects.get(person=ada).role == mentor.key
    assert "<bdi>Mentor &amp; friend</bdi>" in browser.get(PEOPLE).text
    assert signed_in(ada).get(PEOPLE).status_code == 200


def test_one_that_holds_more_is_neither_offered_nor_given(signed_in, tove, ada, mentor):
    change_role(mentor, mentor.revision, ["course.view", "school.edit"], mentor.name)
    browser = signed_in(tove)

    assert "Mentor" not in browser.get(PEOPLE).text
    answer = browser.post(f"{PEOPLE}/change", {"who": ada.email, "role": mentor.key})
    assert (answer.status_code, Enrollment.objects.filter(person=ada).count()) == (403, 0)


def test_the_page_of_a_person_says_its_name(signed_in, otto, ada, course, mentor):
    enroll(ada, course, mentor.key)

    assert "Mentor &amp; friend" in signed_in(otto).get(f"/people/{ada.pk}").text


def test_who_holds_it_in_a_course_is_counted_once_and_found(signed_in, otto, ada, course, mentor):
    enroll(ada, course, mentor.key)
    office = signed_in(otto)
    address = f"/settings/roles/{mentor.key}"
    assert "1 person" in office.get(address).text

    give_role(ada, mentor.key)

    assert "1 person" in office.get(address).text
    assert "Ada Lovelace" in office.get(f"/people?role={mentor.key}").text


def test_it_cannot_be_deleted_while_a_seat_has_it(signed_in, otto, ada, course, mentor):
    enroll(ada, course, mentor.key)
    office, address = signed_in(otto), f"/settings/roles/{mentor.key}/delete"

    refused = office.post(address, {"revision": mentor.revision})
    assert refused.status_code == 422
    assert Role.objects.filter(pk=mentor.pk).exists()

    end_enrollments([ada.pk], course, mentor.key)
    assert office.post(address, {"revision": mentor.revision}).status_code == 302
