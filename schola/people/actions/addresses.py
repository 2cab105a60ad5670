"""When the address of a person changes: whose sign-in is it then?"""

from collections.abc import Iterable

from schola.kernel import clock
from schola.kernel.tenants import everywhere
from schola.people.models import Person, SignInToken, User


def follow_addresses(people: Iterable[Person]) -> None:
    """Bring the sign-ins of people in line with addresses that have just changed.

    A user of this person alone gets the new address, and its sessions end. From one that others
    share, or if the new address has a user already, the person is cut: they are invited anew.
    Links that went to the old address no longer work. Safe to repeat; call it in a transaction.
    """
    for person in people:
        user = User.objects.select_for_update().filter(pk=person.user_id).first()
        SignInToken.objects.filter(person=person, used_at=None).update(used_at=clock.now())
        if user is None or not person.email or user.email == person.email.lower():
            continue
        if _shared(user) or User.objects.with_email(person.email):
            person.user = None
            person.save(update_fields=["user"])
        else:
            user.email, user.stamp = person.email.lower(), user.stamp + 1
            user.save(update_fields=["email", "stamp"])


@everywhere()
def _shared(user: User) -> bool:
    return Person.objects.across().filter(user=user).count() > 1
