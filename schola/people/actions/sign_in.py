"""Signing in by password, with limits on guessing that cannot lock a whole school out."""

from datetime import datetime, timedelta
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from schola.kernel import clock
from schola.people.models import Person, SignInFailure
from schola.people.sessions import digest

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10  # failures in the window, from anywhere
PER_ACCOUNT_AND_ADDRESS = 6


def sign_in(email: str, password: str, address: str | None) -> Person:
    """Return the person whose address and password these are.

    Takes as long for an unknown address as for a known one. Raises ValidationError with one
    sentence for all that is wrong, and another when there were too many tries.
    """
    account = digest(email.strip().lower())
    failures = _failures(account)
    _must_not_guess(failures, address)
    person = _person_of(email)
    if not check_password(password, person.user.password if person else _nobodys_password()):
        person = None
    if person is None:
        SignInFailure.objects.create(account=account, address=address, at=clock.now())
        raise ValidationError(_("The e-mail address and the password do not belong together."))
    if person.suspended_at:
        raise ValidationError(_("This account is suspended. Ask your administrator."))
    if failures:
        SignInFailure.objects.filter(account=account).delete()
    return person


def _person_of(email: str) -> Person | None:
    people = Person.objects.select_related("user")
    return people.filter(user__email=email.strip().lower()).order_by().first()


def _failures(account: str) -> list[tuple[datetime, str | None]]:
    """Return when and from where the account was last tried in vain, newest first."""
    tries = SignInFailure.objects.filter(account=account).order_by("-at")
    return list(tries.values_list("at", "address")[:PER_ACCOUNT])


def _must_not_guess(failures: list[tuple[datetime, str | None]], address: str | None) -> None:
    since = clock.now() - WINDOW
    addresses = [where for at, where in failures if at > since]
    if len(addresses) >= PER_ACCOUNT or addresses.count(address) >= PER_ACCOUNT_AND_ADDRESS:
        raise ValidationError(
            _("Too many tries. Wait a quarter of an hour, or set a new password."), code="slow"
        )


@cache
def _nobodys_password() -> str:
    return make_password("nobody has this password")
