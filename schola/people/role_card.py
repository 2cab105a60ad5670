"""The roles of one person, as their page shows them to a reader."""

from typing import Any

from schola.kernel.permissions import allowed, can, reach
from schola.people.elsewhere import held_by_person
from schola.people.models import Group, Person, RoleGrant
from schola.people.queries import all_roles
from schola.people.rights import GIVES, may_give

IN_COURSES_ONLY = "learner"


def role_card(reader: Person, who: Person) -> dict[str, Any]:
    """Return what the card shows: the roles that somebody holds, and those the reader may give.

    grants       (grant, whether the reader may change it)
    held         roles in single courses
    may_give     whether the reader may give this person roles at all, and then:
    roles        those that hold no more than the reader does
    everywhere   whether for the whole organization, too
    role_groups  the groups in which the reader may give roles
    """
    grants = RoleGrant.objects.filter(person=who).select_related("role", "group").order_by("pk")
    shown = [(grant, may_give(reader, grant.role.key, grant.group)) for grant in grants]
    card = {"grants": shown, "held": held_by_person(reader, who)}
    if not can(reader, GIVES, who):
        return card
    groups = list(allowed(reader, GIVES, Group.objects.all()).order_by("name", "pk"))
    roles = [
        role
        for role in all_roles()
        if role.key != IN_COURSES_ONLY
        and any(may_give(reader, role.key, group) for group in (None, *groups))
    ]
    everywhere = reach(reader, GIVES).organization
    more = {"may_give": True, "roles": roles, "everywhere": everywhere, "role_groups": groups}
    return card | more
