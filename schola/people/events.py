"""What happens to people."""

from dataclasses import dataclass

from schola.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class GroupJoined(Event, name="group.joined"):
    group_id: int
    person_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class GroupLeft(Event, name="group.left"):
    group_id: int
    person_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class PersonInvited(Event, name="person.invited"):
    """Somebody may accept an invitation. The link is made when the mail is written."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PasswordForgotten(Event, name="person.password-forgotten"):
    """Somebody asked for a link to set a new password."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PeopleSaved(Event, name="people.saved"):
    """These people are new, or are known by other words now."""

    person_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class PersonRemoved(Event, name="person.removed"):
    """Somebody whom nobody needed is not here any more."""

    person_id: int
