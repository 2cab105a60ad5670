"""Making, renaming and deleting groups, and who is in them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from schola.kernel.events import emit
from schola.kernel.revision import StaleRevision, save_revised
from schola.people.events import GroupJoined, GroupLeft
from schola.people.locks import lock_group, lock_groups, lock_people
from schola.people.models import Group, GroupMember
from schola.people.rights import rights_changed


def make_group(name: str, number: str | None = None) -> Group:
    """Make a group. Raises ValidationError if there is one of that name."""
    with _one_of_a_name():
        return Group.objects.create(name=name, number=number or None)


def rename_group(group: Group, revision: int, name: str) -> None:
    """Give the group another name.

    Raises StaleRevision if somebody else changed it meanwhile, ValidationError if there is a
    group of that name.
    """
    with _one_of_a_name():
        save_revised(group, revision, {"name": name})


@transaction.atomic
def delete_group(group: Group, revision: int) -> None:
    """Delete the group: its members are in it no more, and roles that hold in it only end.

    Seats that it gave stay; it gives no more. Raises StaleRevision if it was changed meanwhile.
    """
    current = Group.objects.select_for_update().get(pk=group.pk)
    if current.revision != revision:
        raise StaleRevision(current.revision)
    holders = set(group.grants.values_list("person_id", flat=True))
    lock_people(holders | set(group.members.values_list("person_id", flat=True)))
    current.delete()
    rights_changed(holders)


@transaction.atomic
def add_to_group(group: Group, person_ids: Iterable[int]) -> list[int]:
    """Put people into the group; return the ids of those who are new. Safe to repeat.

    Raises ValidationError if the group has been deleted meanwhile.
    """
    lock_group(group.pk)
    wanted = set(person_ids)
    here = GroupMember.objects.filter(group=group, person__in=wanted)
    new = sorted(wanted - set(here.values_list("person_id", flat=True)))
    if not new:
        return []
    lock_people(new)
    rows = [GroupMember(group=group, person_id=pk) for pk in new]
    GroupMember.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    rights_changed(new)
    emit(GroupJoined(group_id=group.pk, person_ids=new))
    return new


@transaction.atomic
def remove_from_group(group: Group, person_ids: Iterable[int]) -> int:
    """Take people out of the group; return how many were in it. Safe to repeat."""
    lock_groups([group.pk])
    members = GroupMember.objects.filter(group=group, person__in=set(person_ids))
    gone = sorted(members.values_list("person_id", flat=True))
    if gone:
        lock_people(gone)
        members.delete()
        rights_changed(gone)
        emit(GroupLeft(group_id=group.pk, person_ids=gone))
    return len(gone)


@contextmanager
def _one_of_a_name() -> Iterator[None]:
    """Say in words that a name is taken. The constraint decides, so two at once cannot have it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise ValidationError(
            _("There is a group of this name already. Choose another.")
        ) from error
