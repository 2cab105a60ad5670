"""Who may be removed again, as far as courses know."""

from datetime import timedelta

import pytest

from schola.enrollment.actions import enroll_group, set_due, set_group_due
from schola.enrollment.models import Enrollment
from schola.kernel import clock
from schola.people.actions import add_person, add_to_group, make_group
from schola.people.removal import reasons_to_stay


@pytest.fixture
def seat(course):
    """The seat of somebody new, which a group has given them with its date."""
    group, grace = make_group("7a"), add_person("grace@example.org", "Grace Hopper")
    add_to_group(group, [grace.pk])
    set_group_due(enroll_group(group, course).link, clock.now() + timedelta(days=7))
    return Enrollment.objects.get(person=grace)


def test_a_seat_as_a_group_gave_it_keeps_nobody(seat):
    assert not reasons_to_stay([seat.person])


def test_a_date_of_their_own_keeps_somebody(seat):
    set_due(seat, clock.now() + timedelta(days=9))

    assert "due date of their own" in reasons_to_stay([seat.person])[seat.person_id]
