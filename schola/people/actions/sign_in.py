"""Signing in by password, with limits on guessing that cannot lock a whole school out."""

from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from schola.people.actions.guessing import count_guess, forget_guesses
from schola.people.models import Person

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
        guess.delete()
        raise ValidationError(_("This account is suspended. Ask your administrator."))
    forget_guesses(account)
    return person


def _person_of(account: str) -> Person | None:
    people = Person.objects.select_related("user")
    return people.filter(user__email=account).order_by().first()


@cache
def _nobodys_password() -> str:
    return make_password("nobody has this password")
