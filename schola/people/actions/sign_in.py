"""Signing in by password, with limits on guessing that cannot lock a whole school out."""

from datetime import datetime
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from schola.people.actions.guessing import (
    MOST,
    failures_at,
    forget_guesses,
    guess_failed,
    recent,
)
from schola.people.models import Person
from schola.people.sessions import digest

PER_ACCOUNT_AND_ADDRESS = 6  # failures in the window; from anywhere it is guessing.MOST


def sign_in(email: str, password: str, address: str | None) -> Person:
    """Return the person whose address and password these are.

    Takes as long for an unknown address as for a known one. Raises ValidationError with one
    sentence for all that is wrong, and another when there were too many tries.
    """
    account = email.strip().lower()
    failures = failures_at(digest(account))
    _must_not_guess(failures, address)
    person = _person_of(email)
    if not check_password(password, person.user.password if person else _nobodys_password()):
        person = None
    if person is None:
        guess_failed(account, address)
        raise ValidationError(_("The e-mail address and the password do not belong together."))
    if person.suspended_at:
        raise ValidationError(_("This account is suspended. Ask your administrator."))
    if failures:
        forget_guesses(account)
    return person


def _person_of(email: str) -> Person | None:
    people = Person.objects.select_related("user")
    return people.filter(user__email=email.strip().lower()).order_by().first()


def _must_not_guess(failures: list[tuple[datetime, str | None]], address: str | None) -> None:
    addresses = recent(failures)
    if len(addresses) >= MOST or addresses.count(address) >= PER_ACCOUNT_AND_ADDRESS:
        raise ValidationError(
            _("Too many tries. Wait a quarter of an hour, or set a new password."), code="slow"
        )


@cache
def _nobodys_password() -> str:
    return make_password("nobody has this password")
