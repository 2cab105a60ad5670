"""Where rights come from, and how everybody learns that they have changed."""

from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schola.kernel import clock
from schola.kernel.ids import new_version
from schola.kernel.models import Organization
from schola.kernel.permissions import Grant
from schola.people.models import Person, Role, RoleGrant

BUILT_IN = {
    "learner": _("Learner"),
    "instructor": _("Instructor"),
    "assistant": _("Teaching assistant"),
    "designer": _("Course designer"),
    "manager": _("Manager"),
    "auditor": _("Auditor"),
    "administrator": _("Administrator"),
}


def make_built_in_roles() -> None:
    """Give the organization the roles that every organization has. Safe to repeat."""
    Role.objects.bulk_create(
        [Role(key=key, name=str(name)) for key, name in BUILT_IN.items()], ignore_conflicts=True
    )


def from_grants(person_id: int) -> Iterable[Grant]:
    """Return the roles that a person holds in the organization and in groups."""
    open_ones = Q(ends_at=None) | Q(ends_at__gt=clock.now())
    rows = RoleGrant.objects.filter(open_ones, person_id=person_id)
    return [
        Grant(key, "group" if group else "organization", group)
        for key, group in rows.values_list("role__key", "group_id")
    ]


def roles_of(organization_id: int) -> Mapping[str, frozenset[str] | None]:
    """Return what each role holds; None: what the declarations give it."""
    rows = Role.objects.filter(organization_id=organization_id).values_list("key", "capabilities")
    return {key: None if held is None else frozenset(held) for key, held in rows}


def rights_changed(person_ids: Iterable[int]) -> None:
    """Let no process go on with what it knows of the rights of these people."""
    ids = sorted(person_ids)
    for start in range(0, len(ids), 500):
        people = Person.objects.filter(pk__in=ids[start : start + 500])
        people.update(permission_version=new_version())


def roles_changed(organization: Organization) -> None:
    """Let no process go on with what it knows of the roles of the organization."""
    Organization.objects.filter(pk=organization.pk).update(version=new_version())
