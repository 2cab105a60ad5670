"""What becomes of a sign-in when the address of its person changes."""

import pytest
from django.core.exceptions import ValidationError

from schola.kernel.models import Organization
from schola.kernel.tenants import acting_in
from schola.people.actions import accept, change_person, token_for
from schola.people.models import Person, User

OLD, NEW, SECRET = "vera@example.org", "vera@other.example", "a long enough secret"


@pytest.fixture
def vera(school):
    return Person.objects.create(
        full_name="Vera", email=OLD, user=User.objects.create_user(OLD, SECRET)
    )


@pytest.fixture
def vera_elsewhere(vera):
    other = Organization.objects.create(name="Other", host="other.example")
    with acting_in(other.pk):
        return Person.objects.create(full_name="Vera", email=OLD, user=vera.user)


def test_a_school_does_not_reach_the_sign_in_of_another(vera, vera_elsewhere):
    change_person(vera, vera.revision, email=NEW)

    accept(token_for(vera, "reset"), "another long secret")

    shared = User.objects.get(email=OLD)
    assert shared.check_password(SECRET)
    vera.refresh_from_db()
    assert vera.user.email == NEW
    assert vera.user != shared


def test_a_link_does_not_set_the_password_of_another_address(vera, vera_elsewhere):
    Person.objects.filter(pk=vera.pk).update(email=NEW)
    vera.refresh_from_db()

    accept(token_for(vera, "reset"), "another long secret")

    assert User.objects.get(email=OLD).check_password(SECRET)


def test_a_sign_in_of_one_person_follows_the_address(vera):
    stamp = vera.user.stamp

    change_person(vera, vera.revision, email=NEW)

    user = User.objects.get(pk=vera.user_id)
    assert (user.email, user.stamp) == (NEW, stamp + 1)
    assert user.check_password(SECRET)


def test_a_link_to_the_former_address_no_longer_works(vera):
    link = token_for(vera, "reset")

    change_person(vera, vera.revision, email=NEW)

    with pytest.raises(ValidationError):
        accept(link, "another long secret")


def test_a_link_that_is_made_after_the_change_goes_to_the_new_address(vera):
    read_before = Person.objects.get(pk=vera.pk)
    change_person(vera, vera.revision, email=NEW)

    token_for(read_before, "reset")

    assert read_before.email == NEW
