"""Adding, changing, suspending people."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from schola.kernel import clock
from schola.kernel.events import emit
from schola.kernel.revision import save_revised
from schola.people.actions.addresses import follow_addresses
from schola.people.actions.invitations import invite
from schola.people.events import PeopleSaved
from schola.people.models import Person, Session
from schola.people.rights import a_keeper_stays


@transaction.atomic
def add_person(
    email: str | None, full_name: str = "", *, invited: bool = True, **fields: Any
) -> Person:
    """Make somebody known to the organization, and invite them if there is a mail address.

    Without a name the address stands in for it until they write their own.
    Raises ValidationError if the address or the number belongs to somebody already.
    """
    email = (email or "").strip().lower() or None
    _must_be_new(email, fields.get("number"))
    name = full_name.strip() or (email or "").partition("@")[0]
    if not name:
        raise ValidationError(_("Write a name or an e-mail address."))
    person = Person.objects.create(email=email, full_name=name, **fields)
    emit(PeopleSaved(person_ids=[person.pk]))
    if email and invited:
        invite(person)
    return person


@transaction.atomic
def change_person(person: Person, revision: int, **fields: Any) -> None:
    """Change what is known of a person. Raises StaleRevision if somebody else did meanwhile."""
    if "full_name" in fields:
        fields["sort_key"] = fields["full_name"].casefold()
    before = person.email
    save_revised(person, revision, fields)
    if fields.get("email", before) != before:
        person.refresh_from_db()
        follow_addresses([person])
    emit(PeopleSaved(person_ids=[person.pk]))


@transaction.atomic
def suspend(person: Person, by: Person) -> None:
    """Let the person in no more, from their next request on. Safe to repeat.

    Raises ValidationError for oneself, and for the last one who may change roles.
    """
    if person.pk == by.pk:
        raise ValidationError(_("You cannot suspend yourself. Ask another administrator."))
    if person.suspended_at is None:
        person.suspended_at = clock.now()
        with a_keeper_stays():
            person.save(update_fields=["suspended_at"])
    Session.objects.filter(person=person).delete()


def reinstate(person: Person) -> None:
    """Let a suspended person in again. Safe to repeat."""
    person.suspended_at = None
    person.save(update_fields=["suspended_at"])


def _must_be_new(email: str | None, number: str | None) -> None:
    if email and Person.objects.filter(email=email).exists():
        raise ValidationError(_("Somebody with this e-mail address is already here."))
    if number and Person.objects.filter(number=number).exists():
        raise ValidationError(_("Somebody with this number is already here."))
