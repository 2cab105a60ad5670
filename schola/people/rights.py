"""Where rights come from, who may give them, and how everybody learns that they have changed."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from schola.kernel.ids import new_version
from schola.kernel.models import Organization
from schola.kernel.permissions import (
    Grant,
    Reach,
    capabilities,
    declared_for,
    held_by_role,
    reach,
)
from schola.kernel.tenants import OwnedQuerySet, current_organization
from schola.people.models import Group, Person, Role, RoleGrant
from schola.people.models.role import BUILT_IN

GIVES = "roles.edit"
KEEPS = "roles.define"  # whoever holds it can bring everything else back


def make_built_in_roles() -> None:
    """Give the organization the roles that every organization has. Safe to repeat."""
    Role.objects.bulk_create(
        [Role(key=key, name=str(name)) for key, name in BUILT_IN.items()], ignore_conflicts=True
    )


def from_grants(person_id: int) -> Iterable[Grant]:
    """Return the roles that a person holds in the organization and in groups."""
    rows = RoleGrant.objects.open().filter(person_id=person_id)
    return [
        Grant(key, "group" if group else "organization", group, ends_at)
        for key, group, ends_at in rows.values_list("role__key", "group_id", "ends_at")
    ]


def roles_of(organization_id: int) -> Mapping[str, frozenset[str] | None]:
    """Return what each role holds; None: what the declarations give it."""
    rows = Role.objects.filter(organization_id=organization_id).values_list("key", "capabilities")
    return {key: None if held is None else frozenset(held) for key, held in rows}


def held_by(role: Role) -> frozenset[str]:
    """Return the capabilities that a role holds."""
    if role.capabilities is None:
        return declared_for(role.key)
    return frozenset(role.capabilities) & capabilities.keys()


def may_give(actor: Person, key: str, group: Group | None = None) -> bool:
    """Tell whether the actor may give and take the role everywhere, or in the group. No query.

    Nobody gives or takes a role that holds more than they hold there themselves. Whoever may
    change what roles do could put anything into their own, so they hold everything.
    """
    if not _holds(actor, GIVES, group):
        return False
    if reach(actor, KEEPS).organization:
        return True
    held = held_by_role(actor, key) & capabilities.keys()
    return all(_holds(actor, name, group) for name in held)


def last_day_of_giving(actor: Person) -> datetime | None:
    """Return until when the actor may give roles; None if that does not end."""
    grants = RoleGrant.objects.open().filter(person=actor).select_related("role")
    ends = [grant.ends_at for grant in grants.order_by("pk") if GIVES in held_by(grant.role)]
    return None if None in ends else max(ends, default=None)


def holds_more(person: Person, than: Person) -> bool:
    """Tell whether a person holds a right that another one does not, and that no learner has.

    Whoever may change the address to which a new password is sent could act as that person.
    """
    if reach(than, KEEPS).organization:
        return False
    person.roles_version = than.roles_version
    counted = capabilities.keys() - held_by_role(than, "learner")
    return any(not _covers(reach(than, name), reach(person, name)) for name in counted)


def with_rights_of_now(person: Person) -> Person:
    """Let somebody whom no session has loaded be asked for the rights that they hold by now."""
    versions = Organization.objects.filter(pk=person.organization_id)
    person.roles_version = versions.values_list("version", flat=True).get()
    return person


@contextmanager
def a_keeper_stays() -> Iterator[None]:
    """Let what is done within not leave the organization without one who may change roles.

    Within a transaction. Whatever changes a role or who holds it comes one after the other, so
    that two administrators cannot take away one another. Raises ValidationError at the end.
    """
    list(Role.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    there = _keepers().exists()
    yield
    if there and not _keepers().exists():
        raise ValidationError(
            _("Nobody could change roles any more. Make somebody else an administrator first.")
        )


def rights_changed(person_ids: Iterable[int]) -> None:
    """Let no process go on with what it knows of the rights of these people."""
    ids = sorted(person_ids)
    for start in range(0, len(ids), 500):
        people = Person.objects.filter(pk__in=ids[start : start + 500])
        people.update(permission_version=new_version())


def roles_changed() -> None:
    """Let no process go on with what it knows of the roles of the organization."""
    Organization.objects.filter(pk=current_organization()).update(version=new_version())


def _holds(actor: Person, capability: str, group: Group | None) -> bool:
    span = reach(actor, capability)
    return span.organization or (group is not None and group.pk in span.groups)


def _covers(wide: Reach, narrow: Reach) -> bool:
    if wide.organization or narrow.organization:
        return wide.organization
    return narrow.courses <= wide.courses and narrow.groups <= wide.groups


def _keepers() -> OwnedQuerySet:
    """Return the grants by which people who can sign in may change roles, without an end."""
    roles = [role for role in Role.objects.order_by("pk") if KEEPS in held_by(role)]
    unending = RoleGrant.objects.filter(role__in=roles, group=None, ends_at=None)
    return unending.filter(person__suspended_at=None).exclude(person__user=None)
