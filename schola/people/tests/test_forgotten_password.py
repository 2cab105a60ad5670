"""Asking for a new password: nobody is flooded, and nobody is kept from it."""

import pytest

from schola.kernel.models import Job
from schola.people.actions import accept, token_for
from schola.people.models import Person, User


@pytest.fixture
def vera(school):
    user = User.objects.create_user("vera@example.org", "a long enough secret")
    return Person.objects.create(full_name="Vera", email=user.email, user=user)


def test_asking_many_times_sends_one_mail(client, vera):
    before = Job.objects.count()

    answers = {client.post("/reset", {"email": vera.email}).status_code for _ in range(5)}

    assert Job.objects.count() == before + 1
    assert answers == {client.post("/reset", {"email": "nobody@example.org"}).status_code}


def test_a_link_works_when_another_was_asked_for(vera):
    first = token_for(vera, "reset")
    token_for(vera, "reset")

    assert accept(first, "another long secret") == vera
