"""Signing in by password, with limits on guessing that cannot lock a whole school out."""

from datetime import timedelta
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from schola.kernel import clock
from schola.people.models import Person, SignInFailure, User
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
    _must_not_guess(account, address)
    user = User.objects.with_email(email)
    right = check_password(password, user.password if user else _nobodys_password())
    person = _person_of(user) if user and right else None
    if person is None:
        SignInFailure.objects.create(account=account, address=address, at=clock.now())
        raise ValidationError(_("The e-mail address and the password do not belong together."))
    if person.suspended_at:
        raise ValidationError(_("This account is suspended. Ask your administrator."))
    SignInFailure.objects.filter(account=account).delete()
    person.user = user
    return person


def _person_of(user: User) -> Person | None:
    return Person.objects.filter(user=user).first()


def _must_not_guess(account: str, address: str | None) -> None:
    since = clock.now() - WINDOW
    recent = SignInFailure.objects.filter(account=account, at__gt=since)
    addresses = list(recent.values_list("address", flat=True))
    if len(addresses) >= PER_ACCOUNT or addresses.count(address) >= PER_ACCOUNT_AND_ADDRESS:
        raise ValidationError(
            _("Too many tries. Wait a quarter of an hour, or set a new password."), code="slow"
        )


@cache
def _nobodys_password() -> str:
    return make_password("nobody has this password")
