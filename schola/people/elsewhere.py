"""What higher floors know of people and groups: in which courses they are. Shown on pages here.

Each source is asked once for a page: of_person.append(source). `holding` has who holds a role in
something of a higher floor: () -> rows with a role's key as `role`, and a `person`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from schola.people.models import Group, Person
from schola.people.models.role import BUILT_IN


@dataclass(frozen=True)
class Held:
    """A role in a thing of a higher floor. url is empty if the reader may not open the thing."""

    role: str
    title: str
    url: str
    name: str | None = None  # of a role of the organization's own

    @property
    def label(self) -> str:
        return str(BUILT_IN.get(self.role, self.name or self.role))


of_person: list[Callable[[Person, Person], Iterable[Held]]] = []
holding: list[Callable[[], QuerySet]] = []
of_group: list[Callable[[Person, Group], Iterable[Held]]] = []


def held_by_person(reader: Person, who: Person) -> list[Held]:
    """Return the roles beyond that of a learner that a person holds in single courses."""
    return [held for source in of_person for held in source(reader, who)]


def fed_by_group(reader: Person, group: Group) -> list[Held]:
    """Return what the members of a group are in because of it."""
    return [held for source in of_group for held in source(reader, group)]
