"""Setting a school up, and changing how it looks and speaks."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from schola.kernel.hosts import forget_hosts
from schola.kernel.ids import new_version
from schola.kernel.models import Organization
from schola.kernel.tenants import acting_in
from schola.people.actions.grants import give_role
from schola.people.actions.invitations import set_password
from schola.people.actions.people import add_person
from schola.people.models import Person, User
from schola.people.rights import make_built_in_roles


@transaction.atomic
def set_up(school: dict[str, Any], name: str, email: str, password: str) -> Person:
    """Make the first organization with its first administrator.

    Raises ValidationError if there is one already, or the password is too weak.
    """
    if Organization.objects.exists():
        raise ValidationError(_("This site has been set up already. Sign in."))
    organization = Organization.objects.create(**school)
    with acting_in(organization.pk):
        make_built_in_roles()
        person = make_administrator(name, email, password)
    forget_hosts()
    return person


@transaction.atomic
def make_administrator(name: str, email: str, password: str, *, by: Person | None = None) -> Person:
    """Make somebody who signs in with this password and has every right, without an invitation.

    by  who makes them; None: the program itself, as when a school is set up

    Raises ValidationError if the address belongs to somebody already or the password is too weak,
    and PermissionDenied as `give_role`. A sign-in that is there, of another organization, is never
    given a new password: nothing proves here that it is the same person's.
    """
    user = User(email=email.strip().lower())
    if User.objects.with_email(user.email):
        raise ValidationError(
            _("Somebody signs in with this e-mail address already. Write another one.")
        )
    set_password(user, password)
    person = add_person(email, name, invited=False, user=user)
    give_role(person, "administrator", by=by)
    return person


def change_school(organization: Organization, **fields: Any) -> None:
    """Change name, colour, language or time zone. Seen by everybody at their next request."""
    Organization.objects.filter(pk=organization.pk).update(**fields, version=new_version())
    forget_hosts()
