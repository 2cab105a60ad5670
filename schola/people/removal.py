"""Removing people who were added by mistake: only as long as nothing hangs on them.

Floors above say who has to stay:

    keepers.append(who_learned)     # {person ids} -> {person id: why, as a sentence}

and who is staff without a role in the school, so that no list of people suspends them:

    staff_sources.append(who_teaches)   # () -> rows with a person_id each

and which groups are needed although nobody is in them:

    group_keepers.append(groups_of_courses)     # {group ids} -> rows with a group_id each
"""

from collections.abc import Callable, Collection

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schola.kernel.events import emit
from schola.people.events import PersonRemoved
from schola.people.models import Group, GroupMember, Person, RoleGrant

Reasons = dict[int, str]
keepers: list[Callable[[Collection[int]], Reasons]] = []
staff_sources: list[Callable[[], QuerySet]] = []
group_keepers: list[Callable[[Collection[int]], QuerySet]] = []


def reasons_to_stay(people: Collection[Person]) -> Reasons:
    """Return {person id: why, as a sentence} for those who must not be removed."""
    ids = [person.pk for person in people]
    found: Reasons = {}
    for keeper in keepers:
        found.update(keeper(ids))
    grants = RoleGrant.objects.filter(person__in=ids).values_list("person_id", flat=True)
    found.update(dict.fromkeys(grants, _("Somebody has given them a role meanwhile.")))
    signed_in = [person.pk for person in people if person.user_id]
    return found | dict.fromkeys(signed_in, _("They have signed in meanwhile."))


def staff_elsewhere(among: Collection[int] | None = None) -> set[int]:
    """Return the ids of those people, or of all, who are staff of something of a higher floor."""
    found: set[int] = set()
    for source in staff_sources:
        rows = source() if among is None else source().filter(person__in=among)
        found.update(rows.values_list("person_id", flat=True))
    return found


def remove_people(people: Collection[Person]) -> None:
    """Remove these people with their seats, invitations and notices. Ask for reasons first."""
    Person.objects.filter(pk__in=[person.pk for person in people]).delete()
    if people:
        emit(*[PersonRemoved(person_id=person.pk) for person in people])


def needless_groups(group_ids: Collection[int]) -> list[Group]:
    """Return those of these groups with nobody in them, and no role and no course hanging on them.

    Hold them first, so that it stays true: `lock_groups`.
    """
    needed = {*GroupMember.objects.filter(group__in=group_ids).values_list("group_id", flat=True)}
    needed |= {*RoleGrant.objects.filter(group__in=group_ids).values_list("group_id", flat=True)}
    for keeper in group_keepers:
        needed |= {*keeper(group_ids).values_list("group_id", flat=True)}
    return list(Group.objects.filter(pk__in=set(group_ids) - needed).order_by("pk"))


def memberships_of(person_ids: Collection[int]) -> QuerySet:
    """Return (person id, group id) of all groups that these people are in."""
    members = GroupMember.objects.filter(person__in=person_ids)
    return members.values_list("person_id", "group_id")
