"""Two people change at the same moment who is in a course: nothing that either did is lost."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from schola.enrollment.actions import (
    end_enrollments,
    enroll,
    enroll_group,
    enroll_many,
    set_group_due,
    take_group_out,
)
from schola.enrollment.models import Enrollment
from schola.kernel import clock
from schola.kernel.models import AuditEntry
from schola.kernel.tests.writers import two_writers
from schola.people.actions import add_to_group, delete_group, make_group, remove_from_group, suspend
from schola.people.locks import lock_people
from schola.people.models import Person

pytestmark = [
    two_writers,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def at_once(beside, until_somebody_waits):
    """Do two things at the same moment: at_once(first, second) returns what both answered.

    The second begins before the first is committed, and has to wait for it.
    """

    def both(first, second):
        answers = []
        with transaction.atomic():
            mine = first()
            other = beside(lambda: answers.append(second()))
            until_somebody_waits()
        other.join()
        return mine, answers[0]

    return both


@pytest.fixture
def seven(school):
    return make_group("Class 7")


@pytest.fixture
def choir(school):
    return make_group("Choir")


def seated():
    """Return who is in the course, and what gives them the seat."""
    return dict(Enrollment.objects.active().values_list("person__full_name", "source"))


def refusal(act):
    """Do what is refused, and return in which words."""
    with pytest.raises(ValidationError) as error:
        act()
    return error.value.messages[0]


def test_a_seat_by_hand_stays_that_a_group_was_just_giving(at_once, ada, seven, course):
    add_to_group(seven, [ada.pk])

    fed, given = at_once(lambda: enroll_group(seven, course), lambda: enroll_many([ada.pk], course))

    assert fed.seated == [ada.pk]
    assert (given.new, given.kept) == ([], {ada.pk: "Class 7"})
    assert take_group_out(fed.link) == []
    assert seated() == {"Ada Lovelace": "hand"}


def test_of_two_who_give_the_same_seat_one_has_given_it(at_once, ada, course):
    first, second = at_once(*[lambda: enroll_many([ada.pk], course).new] * 2)

    assert (first, second) == ([ada.pk], [])


@pytest.mark.parametrize("first", ["joins", "taken out"])
def test_who_joins_a_group_that_is_taken_out_has_no_seat_by_it(first, at_once, ada, seven, course):
    link = enroll_group(seven, course).link
    acts = [lambda: add_to_group(seven, [ada.pk]), lambda: take_group_out(link)]

    at_once(*(acts if first == "joins" else reversed(acts)))

    assert seated() == {}


@pytest.mark.parametrize("first", ["leaves", "put in"])
def test_who_leaves_a_group_that_is_put_in_has_no_seat_by_it(first, at_once, ada, seven, course):
    add_to_group(seven, [ada.pk])
    acts = [lambda: remove_from_group(seven, [ada.pk]), lambda: enroll_group(seven, course)]

    at_once(*(acts if first == "leaves" else reversed(acts)))

    assert seated() == {}


@pytest.mark.parametrize("first", ["joins", "put in"])
def test_who_joins_a_group_that_is_put_in_has_a_seat(first, at_once, ada, seven, course):
    acts = [lambda: add_to_group(seven, [ada.pk]), lambda: enroll_group(seven, course)]

    at_once(*(acts if first == "joins" else reversed(acts)))

    assert seated() == {"Ada Lovelace": "group"}


@pytest.mark.parametrize("first", ["leaves", "taken out"])
def test_who_loses_both_groups_loses_the_seat(first, at_once, ada, seven, choir, course):
    for group in (seven, choir):
        add_to_group(group, [ada.pk])
    link = enroll_group(seven, course).link
    enroll_group(choir, course)
    acts = [lambda: remove_from_group(choir, [ada.pk]), lambda: take_group_out(link)]

    at_once(*(acts if first == "leaves" else reversed(acts)))

    assert seated() == {}


@pytest.mark.parametrize("first", ["joins", "taken out"])
def test_who_joins_another_group_meanwhile_keeps_a_seat(first, at_once, ada, seven, choir, course):
    add_to_group(seven, [ada.pk])
    link = enroll_group(seven, course).link
    enroll_group(choir, course)
    acts = [lambda: add_to_group(choir, [ada.pk]), lambda: take_group_out(link)]

    at_once(*(acts if first == "joins" else reversed(acts)))

    assert seated() == {"Ada Lovelace": "group"}


@pytest.mark.parametrize("first", ["joins", "due"])
def test_who_joins_while_the_due_date_is_set_has_it(first, at_once, ada, seven, course):
    link, due = enroll_group(seven, course).link, clock.now()
    acts = [lambda: add_to_group(seven, [ada.pk]), lambda: set_group_due(link, due)]

    at_once(*(acts if first == "joins" else reversed(acts)))

    assert Enrollment.objects.get(person=ada).due_at == due


@pytest.mark.parametrize("act", ["joins", "put in"])
def test_who_waits_for_a_group_that_is_deleted_reads_so(act, at_once, ada, seven, course):
    acts = {
        "joins": lambda: add_to_group(seven, [ada.pk]),
        "put in": lambda: enroll_group(seven, course),
    }

    _gone, said = at_once(lambda: delete_group(seven, 1), lambda: refusal(acts[act]))

    assert said == "This group has been deleted meanwhile."
    assert seated() == {}


@pytest.mark.parametrize("page", ["its own", "the list of people", "who is in the course"])
def test_a_page_says_that_its_group_is_deleted_and_writes_nothing(
    page, at_once, office, ada, seven, course
):
    url, words = {
        "its own": (f"/groups/{seven.pk}/change", {"who": ada.email}),
        "the list of people": (
            "/people/act", {"do": "join", "person": ada.pk, "group": seven.pk}
        ),
        "who is in the course": (f"/courses/{course.slug}/people/change", {"group": seven.pk}),
    }[page]  # fmt: skip

    def send():
        return office.post(url, words, follow=True)

    _gone, answer = at_once(lambda: delete_group(seven, 1), send)

    assert "This group has been deleted meanwhile." in answer.text
    assert answer.status_code == {"its own": 409, "the list of people": 200}.get(page, 422)
    assert seated() == {}
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("what", ["delete", "name"])
def test_a_page_whose_group_is_deleted_meanwhile_is_not_found(what, at_once, office, seven):
    words = {"name": "Eight", "revision": 1}

    def send():
        return office.post(f"/groups/{seven.pk}/{what}", words)

    _gone, answer = at_once(lambda: delete_group(seven, 1), send)

    assert answer.status_code == 404
    assert not AuditEntry.objects.exists()


def test_a_page_whose_person_is_gone_meanwhile_is_not_found(at_once, office, ada, otto):
    suspend(ada, by=otto)
    words = {"do": "reinstate", "revision": Person.objects.get(pk=ada.pk).revision}

    def send():
        return office.post(f"/people/{ada.pk}/change", words)

    _gone, answer = at_once(lambda: Person.objects.filter(pk=ada.pk).delete(), send)

    assert answer.status_code == 404


def test_who_changes_the_seats_of_a_group_waits_until_its_date_is_set(at_once, ada, seven, course):
    add_to_group(seven, [ada.pk])
    link, due = enroll_group(seven, course).link, clock.now()

    @transaction.atomic
    def change():
        lock_people([ada.pk])
        return Enrollment.objects.get(person=ada).due_at

    assert at_once(lambda: set_group_due(link, due), change) == (1, due)


def test_a_group_that_is_taken_out_gets_no_date_and_the_page_says_so(
    at_once, office, seven, course
):
    link = enroll_group(seven, course).link
    words = {"group": link.pk, "due_at": "2030-05-04T10:30"}

    def send():
        return office.post(f"/courses/{course.slug}/people/due", words)

    _ended, answer = at_once(lambda: take_group_out(link), send)

    assert answer.status_code == 422
    assert "This group has been taken out of the course meanwhile." in answer.text
    assert not AuditEntry.objects.exists()


def test_only_the_seats_end_that_are_said_to_have_ended(at_once, ada, person, course):
    enroll(ada, course)
    grace = person("Grace Hopper")

    def give():
        Enrollment.objects.filter(person=ada).update(due_at=clock.now())
        enroll(grace, course)

    _given, said = at_once(give, lambda: end_enrollments([ada.pk, grace.pk], course))

    ended = Enrollment.objects.exclude(ended_at=None).values_list("person_id", flat=True)
    assert sorted(said) == sorted(ended)
