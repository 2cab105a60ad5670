"""An import and somebody at a page change the same group at the same moment: neither fails."""

from io import BytesIO

import pytest
from django.db import transaction

from schola.kernel.jobs import run_waiting
from schola.kernel.tests.writers import two_writers
from schola.people.actions import add_to_group, make_group, remove_from_group
from schola.people.imports import apply, begin, undo
from schola.people.locks import lock_groups
from schola.people.models import GroupMember, Person

pytestmark = [
    two_writers,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def group(school):
    return make_group("7a")


@pytest.fixture
def planned(otto, person, group, settings, tmp_path):
    """A list that renames Ada and puts her into the group, ready to be applied."""
    settings.DATA = tmp_path
    person("Ada Lovelace")
    text = b"Name,E-mail,Group\nAda King,ada@example.org,7a\n"
    row = begin(otto, BytesIO(text), "people.csv")
    run_waiting()
    return row


@pytest.fixture
def meanwhile(beside, until_somebody_waits, group):
    """Let the jobs run while somebody changes the group: meanwhile(change)."""

    def both(change):
        with transaction.atomic():
            lock_groups([group.pk])
            other = beside(run_waiting)
            until_somebody_waits()
            change()
        other.join()

    return both


def test_somebody_is_put_in_while_a_list_does_so_too(meanwhile, planned, group, otto):
    ada = Person.objects.get(email="ada@example.org")
    apply(planned, otto)

    meanwhile(lambda: add_to_group(group, [ada.pk]))

    ada.refresh_from_db()
    planned.refresh_from_db()
    assert (ada.full_name, planned.state) == ("Ada King", "done")
    assert GroupMember.objects.get().person == ada


def test_somebody_is_taken_out_while_the_list_is_undone(meanwhile, planned, group, otto):
    ada = Person.objects.get(email="ada@example.org")
    apply(planned, otto)
    run_waiting()
    undo(planned, otto)

    meanwhile(lambda: remove_from_group(group, [ada.pk]))

    ada.refresh_from_db()
    planned.refresh_from_db()
    assert (ada.full_name, planned.state) == ("Ada Lovelace", "undone")
    assert not GroupMember.objects.exists()
