"""Giving people roles, for how long, and taking them away."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from schola.kernel import clock
from schola.people.models import Group, Person, Role, RoleGrant
from schola.people.rights import a_keeper_stays, last_day_of_giving, may_give, rights_changed


@transaction.atomic
def give_role(
    person: Person,
    key: str,
    group: Group | None = None,
    *,
    ends_at: datetime | None = None,
    by: Person | None = None,
) -> RoleGrant:
    """Give the person a role everywhere, or in one group. Who has it has it until then now.

    ends_at  when it ends by itself; None: it does not
    by       who gives it; None: the program itself, as when a school is set up

    Safe to repeat. Raises PermissionDenied if the role holds more than the giver does, and
    ValidationError for a role that is not there, an end in the past, or the last administrator's.
    """
    _must_be_allowed(by, key, group)
    _must_not_outlast(by, person.pk, ends_at)
    _must_lie_ahead(ends_at)
    with a_keeper_stays():
        role = Role.objects.filter(key=key).first()
        if role is None:
            raise ValidationError(_("Choose a role."))
        grant, _made = RoleGrant.objects.update_or_create(
            person=person, role=role, group=group, defaults={"ends_at": ends_at}
        )
    rights_changed([person.pk])
    return grant


@transaction.atomic
def change_role_end(
    grant: RoleGrant, ends_at: datetime | None, *, by: Person | None = None
) -> None:
    """Let a role that somebody holds end at another moment, or not by itself. As `give_role`."""
    _must_be_allowed(by, grant.role.key, grant.group)
    _must_not_outlast(by, grant.person_id, ends_at)
    _must_lie_ahead(ends_at)
    with a_keeper_stays():
        grant.ends_at = ends_at
        grant.save(update_fields=["ends_at"])
    rights_changed([grant.person_id])


@transaction.atomic
def take_role(grant: RoleGrant, *, by: Person | None = None) -> None:
    """Take a role away. The last administrator keeps theirs. Raises as `give_role`."""
    _must_be_allowed(by, grant.role.key, grant.group)
    with a_keeper_stays():
        grant.delete()
    rights_changed([grant.person_id])


def _must_be_allowed(by: Person | None, key: str, group: Group | None) -> None:
    if by is not None and not may_give(by, key, group):
        raise PermissionDenied(
            _("This role holds rights that you do not hold yourself. Ask an administrator.")
        )


def _must_not_outlast(by: Person | None, person_id: int, ends_at: datetime | None) -> None:
    """Let nobody lengthen what they hold, for themselves or by way of somebody else."""
    last = None if by is None else last_day_of_giving(by)
    if last is None:
        return
    if by.pk == person_id or ends_at is None or ends_at > last:
        raise PermissionDenied(
            _("Your own role ends, so you give none that lasts longer, and none to yourself.")
        )


def _must_lie_ahead(ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at <= clock.now():
        raise ValidationError(_("Choose today or a later day for the end."))
