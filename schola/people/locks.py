"""Holding groups and people until the end of a transaction.

Who is in a group, which courses it feeds and who has a seat there follow from one another: those
who change any of it wait in a queue. The order keeps them from waiting for one another: roles,
then groups, then people, then seats, each by their ids.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from schola.people.models import Group, Person

CHUNK = 500


def lock_groups(group_ids: Iterable[int]) -> set[int]:
    """Hold these groups: who is in them, and what they give. Return those that are there."""
    groups = Group.objects.select_for_update(no_key=True).filter(pk__in=set(group_ids))
    return set(groups.order_by("pk").values_list("pk", flat=True))


def lock_group(group_id: int) -> None:
    """Hold one group that is to be there. Raises ValidationError if it has been deleted."""
    if not lock_groups([group_id]):
        raise ValidationError(_("This group has been deleted meanwhile."))


def lock_people(person_ids: Iterable[int]) -> None:
    """Hold these people: which seats and groups they have."""
    ids = sorted(set(person_ids))
    for start in range(0, len(ids), CHUNK):
        people = Person.objects.select_for_update(no_key=True)
        people = people.filter(pk__in=ids[start : start + CHUNK])
        list(people.order_by("pk").values_list("pk"))
