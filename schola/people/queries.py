"""What can be asked of people."""

from collections import Counter
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from schola.kernel import clock
from schola.kernel.permissions import allowed
from schola.people.actions.guessing import MOST, WINDOW
from schola.people.elsewhere import holding
from schola.people.models import Group, Person, Role, RoleGrant, SignInFailure
from schola.people.models.role import BUILT_IN
from schola.people.sessions import digest

ORDERS = {"name": "sort_key", "-name": "-sort_key", "new": "-created_at", "number": "number"}


def people_for(actor: Person, query: str = "", **filters: Any) -> QuerySet[Person]:
    """Return the people whom the actor may see, found by name, address or number, in order."""
    found = allowed(actor, "people.view", Person.objects.all())
    for word in query.casefold().split():
        match = Q(sort_key__contains=word) | Q(email__contains=word) | Q(number__iexact=word)
        found = found.filter(match)
    if filters.get("group"):
        found = found.filter(memberships__group=filters["group"])
    if filters.get("role"):
        found = found.filter(_holds(filters["role"]))
    if filters.get("state") == "suspended":
        found = found.exclude(suspended_at=None)
    elif filters.get("state") == "invited":
        found = found.filter(user=None, suspended_at=None)
    return found.order_by(ORDERS.get(filters.get("sort", ""), "sort_key"), "pk")


def all_roles() -> list[Role]:
    """Return the roles: the built-in ones in their order, then the organization's own by name."""
    order = {key: at for at, key in enumerate(BUILT_IN)}
    roles = Role.objects.order_by("name", "pk")
    return sorted(roles, key=lambda role: order.get(role.key, len(order)))


def holders_of_roles() -> dict[str, int]:
    """Return how many people hold each role, by its key.

    Counted is who holds it everywhere or in a group, and a role of one's own in a course, too.
    """
    rows = RoleGrant.objects.open().values_list("role__key")
    counts = Counter(dict(rows.annotate(n=Count("person", distinct=True))))
    granted = RoleGrant.objects.open().filter(person=OuterRef("person"), role__key=OuterRef("role"))
    for source in holding:
        more = source().exclude(role__in=BUILT_IN).exclude(Exists(granted)).values_list("role")
        counts.update(dict(more.annotate(n=Count("person", distinct=True))))
    return counts


def _holds(key: str) -> Q:
    """Return the condition that a person holds the role, as `holders_of_roles` counts."""
    grants = RoleGrant.objects.open().filter(role__key=key)
    condition = Q(pk__in=grants.values("person"))
    for source in () if key in BUILT_IN else holding:
        condition |= Q(pk__in=source().filter(role=key).values("person"))
    return condition


def groups_for(actor: Person) -> QuerySet[Group]:
    """Return the groups that the actor may see, by name."""
    return allowed(actor, "groups.view", Group.objects.all()).order_by("name", "pk")


def failures_of(person: Person) -> QuerySet[SignInFailure]:
    """Return the tries that failed since somebody last got in as this person, the last first."""
    account = digest((person.email or "").strip().lower())
    return SignInFailure.objects.filter(account=account).order_by("-at", "-pk")


def obstacles(person: Person) -> list[str]:
    """Return in words what keeps the person from signing in; empty if nothing does."""
    found = []
    if person.suspended_at:
        found.append(_("The account is suspended. Let them in again on the overview."))
    if person.email is None:
        found.append(_("There is no e-mail address, so they cannot be invited. Write one."))
    elif person.user_id is None:
        found.append(_invitation(person))
    recent = failures_of(person).filter(at__gt=clock.now() - WINDOW).count()
    if recent >= MOST:
        found.append(_("Too many tries failed. They may try again in a quarter of an hour."))
    return found


def _invitation(person: Person) -> str:
    """Return in words what became of the invitation of somebody who has not accepted one."""
    last = person.tokens.filter(kind="invitation").order_by("-made_at").first()
    if last is None:
        return _("They have not been invited yet. Invite them on the overview.")
    if last.expires_at < clock.now():
        return _("Their invitation has run out. Invite them again on the overview.")
    return _("They have an invitation and have not accepted it yet.")
