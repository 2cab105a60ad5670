"""Making groups and putting people into them."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from schola.kernel.events import emit
from schola.people.events import GroupJoined, GroupLeft
from schola.people.models import Group, GroupMember
from schola.people.rights import rights_changed


def make_group(name: str, number: str | None = None) -> Group:
    """Make a group. Raises ValidationError if there is one of that name."""
    if Group.objects.filter(name=name).exists():
        raise ValidationError(_("There is a group of this name already. Choose another."))
    return Group.objects.create(name=name, number=number or None)


@transaction.atomic
def add_to_group(group: Group, person_ids: Iterable[int]) -> int:
    """Put people into the group; return how many are new. Safe to repeat."""
    wanted = set(person_ids)
    here = GroupMember.objects.filter(group=group, person__in=wanted)
    new = sorted(wanted - set(here.values_list("person_id", flat=True)))
    if not new:
        return 0
    rows = [GroupMember(group=group, person_id=pk) for pk in new]
    GroupMember.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    rights_changed(new)
    emit(GroupJoined(group_id=group.pk, person_ids=new))
    return len(new)


@transaction.atomic
def remove_from_group(group: Group, person_ids: Iterable[int]) -> int:
    """Take people out of the group; return how many were in it. Safe to repeat."""
    members = GroupMember.objects.filter(group=group, person__in=set(person_ids))
    gone = sorted(members.values_list("person_id", flat=True))
    if gone:
        members.delete()
        rights_changed(gone)
        emit(GroupLeft(group_id=group.pk, person_ids=gone))
    return len(gone)
