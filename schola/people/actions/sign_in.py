"""Signing in by password, with limits on guessing that cannot lock a whole school out."""

from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from schola.kernel.rows import Rows
from schola.kernel.sql import fetch
from schola.kernel.tenants import current_organization
from schola.people.actions.guessing import count_guess, forget_guesses, take_back
from schola.people.models import Person, User

PERSON, USER = Rows(Person, "p"), Rows(User, "u")
ACCOUNT = f"""
SELECT {PERSON.columns}, {USER.columns}
  FROM {User._meta.db_table} u JOIN {Person._meta.db_table} p ON p.user_id = u.id
 WHERE u.email = %s AND p.organization_id = %s
"""
PER_ACCOUNT_AND_ADDRESS = 6  # failures in the window; from anywhere it is guessing.MOST


def sign_in(email: str, password: str, address: str | None) -> Person:
    """Return the person whose address and password these are.

    Takes as long for an unknown address as for a known one. Raises ValidationError with one
    sentence for all that is wrong, and another when there were too many tries.
    """
    account = email.strip().lower()
    slow = _("Too many tries. Wait a quarter of an hour, or set a new password.")
    guess = count_guess(account, slow, address=address, from_address=PER_ACCOUNT_AND_ADDRESS)
    person = _person_of(account)
    if not check_password(password, person.user.password if person else _nobodys_password()):
        person = None
    if person is None:
        raise ValidationError(_("The e-mail address and the password do not belong together."))
    if person.suspended_at:
        take_back(guess)
        raise ValidationError(_("This account is suspended. Ask your administrator."))
    forget_guesses(account)
    return person


def _person_of(account: str) -> Person | None:
    row = next(iter(fetch(ACCOUNT, [account, current_organization()])), None)
    if row is None:
        return None
    person = PERSON.read(row[: len(PERSON.names)])
    person.user = USER.read(row[len(PERSON.names) :])
    return person


@cache
def _nobodys_password() -> str:
    return make_password("nobody has this password")
