"""Links that sign somebody in once: invitations, and new passwords."""

import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from schola.kernel import clock
from schola.kernel.events import emit
from schola.people.events import PasswordForgotten, PersonInvited
from schola.people.models import Person, SignInFailure, SignInToken, User
from schola.people.sessions import close_others, digest

LIFE = {"invitation": timedelta(days=14), "reset": timedelta(minutes=30)}
BETWEEN_MAILS = timedelta(minutes=5)


def invite(person: Person) -> None:
    """Ask the person to join. The mail with the link goes out by itself."""
    if not person.email:
        raise ValidationError(_("Add an e-mail address first; the invitation goes there."))
    emit(PersonInvited(person_id=person.pk))


def send_reset(email: str) -> None:
    """Send a link for a new password, if the address is somebody's; never say which.

    At most one mail in five minutes: whoever asks again meanwhile has one on its way.
    """
    with transaction.atomic():
        mine = Person.objects.select_for_update().filter(email=email.strip().lower())
        person = mine.filter(suspended_at=None).first()
        if person is None or _asked_just_now(person):
            return
        if person.user_id:
            emit(PasswordForgotten(person_id=person.pk))
        else:
            emit(PersonInvited(person_id=person.pk))


def _asked_just_now(person: Person) -> bool:
    """Say whether a link was asked for a moment ago; if not, remember that one is now."""
    account, now = digest(f"reset of person {person.pk}"), clock.now()
    asked = SignInFailure.objects.filter(account=account)
    if asked.filter(at__gt=now - BETWEEN_MAILS).exists():
        return True
    asked.delete()
    SignInFailure.objects.create(account=account, at=now)
    return False


@transaction.atomic
def token_for(person: Person, kind: str) -> str:
    """Make a link's secret. Those made before it work on, until one is used or they end.

    Brings the person's address up to date: it is held until the link exists, so that a change
    finds the link and ends it (see `follow_addresses`). Mail the link to that address.
    """
    held = Person.objects.select_for_update().filter(pk=person.pk)
    person.email = held.values_list("email", flat=True).get()
    now = clock.now()
    token = secrets.token_urlsafe(32)
    SignInToken.objects.create(
        kind=kind, person=person, digest=digest(token), made_at=now, expires_at=now + LIFE[kind]
    )
    return token


def read_token(token: str) -> SignInToken:
    """Return what the link's secret stands for.

    Raises ValidationError if the link was used, is too old, or is none of ours.
    """
    found = SignInToken.objects.select_related("person__user").filter(digest=digest(token)).first()
    if found is None or found.used_at or found.expires_at < clock.now():
        raise ValidationError(_("This link has been used or is too old. Ask for a new one."))
    if found.person.suspended_at:
        raise ValidationError(_("This account is suspended. Ask your administrator."))
    return found


@transaction.atomic
def accept(token: str, password: str, full_name: str = "") -> Person:
    """Use the link: set the password, and make the sign-in if there is none yet. Once.

    Raises ValidationError if the link is no longer good or the password too weak.
    """
    found = read_token(token)
    used = SignInToken.objects.filter(pk=found.pk, used_at=None).update(used_at=clock.now())
    if not used:
        raise ValidationError(_("This link has just been used. Ask for a new one."))
    person = found.person
    if full_name.strip():
        person.full_name, person.sort_key = full_name.strip(), full_name.strip().casefold()
    if person.user is None or person.user.email != person.email:  # the mail proves this one only
        person.user = User.objects.with_email(person.email) or User(email=person.email)
    set_password(person.user, password)
    person.save()
    SignInToken.objects.filter(person=person, used_at=None).update(used_at=clock.now())
    close_others(person, None)
    return person


def set_password(user: User, password: str) -> None:
    """Set the password and end the sessions that were opened under the old one.

    Raises ValidationError, with a sentence for each reason, if it is too weak.
    """
    validate_password(password, user)
    user.set_password(password)
    user.save()
