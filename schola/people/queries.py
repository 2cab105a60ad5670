"""What can be asked of people."""

from typing import Any

from django.db.models import Q, QuerySet

from schola.kernel.permissions import allowed
from schola.people.models import Group, Person

ORDERS = {"name": "sort_key", "-name": "-sort_key", "new": "-created_at", "number": "number"}


def people_for(actor: Person, query: str = "", **filters: Any) -> QuerySet[Person]:
    """Return the people whom the actor may see, found by name, address or number, in order."""
    found = allowed(actor, "people.view", Person.objects.all())
    for word in query.casefold().split():
        match = Q(sort_key__contains=word) | Q(email__contains=word) | Q(number__iexact=word)
        found = found.filter(match)
    if filters.get("group"):
        found = found.filter(memberships__group=filters["group"])
    if filters.get("state") == "suspended":
        found = found.exclude(suspended_at=None)
    elif filters.get("state") == "invited":
        found = found.filter(user=None, suspended_at=None)
    return found.order_by(ORDERS.get(filters.get("sort", ""), "sort_key"), "pk")


def groups_for(actor: Person) -> QuerySet[Group]:
    """Return the groups that the actor may see, by name."""
    return allowed(actor, "groups.view", Group.objects.all()).order_by("name", "pk")
