"""Who may do what: said once, asked of one thing (`can`), of many (`allowed`) or of all (`reach`).

A *capability* is a verb on a noun, such as ``course.edit``. Roles hold capabilities; a *grant*
gives a person a role in a scope: the organization, one course or one group. A model says in
``scope_paths`` how its rows lead to their scopes, and all three questions read that one line.
Deny by default: no grant, no reach.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any, Protocol

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from schola.kernel import clock


@dataclass(frozen=True)
class Capability:
    """given_to: the built-in roles that hold it until an administrator says otherwise."""

    name: str
    label: str
    given_to: frozenset[str]


@dataclass(frozen=True)
class Grant:
    """A role in a scope. scope is "organization", "course" or "group"; scope_id is None for all.

    ends_at  from when on it gives nothing; None: it does not end by itself
    """

    role: str
    scope: str
    scope_id: int | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Reach:
    """Where a person holds one capability: everywhere in the organization, or in these scopes.

    own tells that each person holds it on what is their own, such as their profile.
    """

    organization: bool = False
    courses: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    own: bool = False

    def __bool__(self) -> bool:
        return self.organization or self.own or bool(self.courses or self.groups)

    def of(self, scope: str) -> frozenset[int]:
        return {"course": self.courses, "group": self.groups}.get(scope, frozenset())


class Actor(Protocol):
    """A person who acts. The versions tell when what we keep of their rights is out of date."""

    pk: int
    organization_id: int
    permission_version: int
    roles_version: int


OWN = "own"  # in given_to: everybody, on what is theirs
capabilities: dict[str, Capability] = {}
grant_sources: list[Callable[[int], Iterable[Grant]]] = []
role_source: Callable[[int], Mapping[str, frozenset[str] | None]] | None = None

_KEPT = 20_000
_reaches: dict[tuple[int, int, int], "_Known"] = {}
_roles: dict[tuple[int, int], Mapping[str, frozenset[str] | None]] = {}


@dataclass(frozen=True)
class _Known:
    """What we know of a person's rights, and until when it is true: the first of their ends."""

    reaches: dict[str, Reach]
    until: datetime | None

    def holds(self) -> bool:
        return self.until is None or clock.now() < self.until


def declare(name: str, label: str, *, given_to: Iterable[str]) -> None:
    """Make a capability known, with the built-in roles that hold it."""
    if name.count(".") != 1:
        raise ValueError(f"{name!r}: name a capability noun.verb.")
    capabilities[name] = Capability(name, label, frozenset(given_to))


def set_role_source(source: Callable[[int], Mapping[str, frozenset[str] | None]]) -> None:
    """Say who knows which capabilities a role holds: organization id -> {role key: names}.

    None as names means: what the declarations give to that role.
    """
    global role_source
    role_source = source


def reach(person: Actor | None, capability: str) -> Reach:
    """Return where the person holds the capability. No query once their rights are known here."""
    if person is None:
        return Reach()
    key = (person.pk, person.permission_version, person.roles_version)
    known = _reaches.get(key)
    if known is None or not known.holds():
        if len(_reaches) > _KEPT:
            _reaches.clear()
        known = _reaches[key] = _all_reaches(person)
    return known.reaches.get(capability) or Reach(own=OWN in capabilities[capability].given_to)


def can(person: Actor | None, capability: str, thing: Model) -> bool:
    """Tell whether the person holds the capability on this one thing."""
    if person is None or thing.organization_id != person.organization_id:
        return False
    span = reach(person, capability)
    if span.organization:
        return True
    return any(_leads(thing, scope, path, span, person) for scope, path in _paths(thing))


def allowed(person: Actor | None, capability: str, things: QuerySet) -> QuerySet:
    """Keep the things on which the person holds the capability. Adds no query of its own."""
    span = reach(person, capability)
    if span.organization:
        return things
    rules = [Q(**{f"{path}__in": span.of(s)}) for s, path in _paths(things.model) if span.of(s)]
    own = things.model.scope_paths.get("person")
    if span.own and own:
        rules.append(Q(**{own: person.pk}))
    if not rules:
        return things.none()
    kept = things.filter(reduce(Q.__or__, rules))
    return kept.distinct() if any("__" in path for _, path in _paths(things.model)) else kept


def held_on(person: Actor | None, capability: str, model: type[Model]) -> Exists:
    """Return a condition for `annotate`: whether the person holds the capability on each row."""
    return Exists(allowed(person, capability, model.objects.filter(pk=OuterRef("pk"))))


def held_by_role(person: Actor, role: str) -> frozenset[str]:
    """Return the capabilities that a role of the person's organization holds."""
    key = (person.organization_id, person.roles_version)
    if key not in _roles:
        _roles[key] = role_source(person.organization_id)
    held = _roles[key].get(role, frozenset())
    return declared_for(role) if held is None else held


def declared_for(role: str) -> frozenset[str]:
    """Return the capabilities that a built-in role holds until an administrator says otherwise."""
    return frozenset(c.name for c in capabilities.values() if role in c.given_to)


def _all_reaches(person: Actor) -> _Known:
    scopes: dict[str, dict[str, set[int]]] = {}
    everywhere: set[str] = set()
    grants = [grant for source in grant_sources for grant in source(person.pk)]
    for grant in grants:
        for name in held_by_role(person, grant.role):
            if grant.scope == "organization":
                everywhere.add(name)
            else:
                scopes.setdefault(name, {}).setdefault(grant.scope, set()).add(grant.scope_id)
    reaches = {
        name: Reach(
            organization=name in everywhere,
            courses=frozenset(scopes.get(name, {}).get("course", ())),
            groups=frozenset(scopes.get(name, {}).get("group", ())),
            own=OWN in capabilities[name].given_to,
        )
        for name in everywhere | scopes.keys()
        if name in capabilities
    }
    return _Known(reaches, min((each.ends_at for each in grants if each.ends_at), default=None))


def _paths(thing: Model | type[Model]) -> Iterable[tuple[str, str]]:
    return [(scope, path) for scope, path in thing.scope_paths.items() if scope != "person"]


def _leads(thing: Any, scope: str, path: str, span: Reach, person: Actor) -> bool:
    own = thing.scope_paths.get("person")
    if span.own and own and _follow(thing, own) == person.pk:
        return True
    ids = span.of(scope)
    if not ids:
        return False
    if "__" not in path:
        return getattr(thing, path) in ids
    return type(thing).objects.filter(**{"pk": thing.pk, f"{path}__in": ids}).exists()


def _follow(thing: Any, path: str) -> Any:
    return reduce(getattr, path.split("__"), thing)
