"""What each row of a file comes to, compared with who is here. Changes nothing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from schola.people.models import Group, GroupMember, Person, RoleGrant
from schola.people.removal import staff_elsewhere

LONGEST = {"full_name": 160, "email": 254, "number": 60}
WRITTEN = ("full_name", "email", "number", "language")
GROUP_LENGTH = 120
MOST_GROUPS = 20


@dataclass
class Line:
    """What a row comes to. See `ImportRow`."""

    number: int
    kind: str
    person_id: int | None = None
    changes: dict[str, list[str]] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    error: str = ""


class Rejected(Exception):
    """Why a row is not taken, as a sentence for whoever has the file."""


class Plan:
    """Compares rows with the people who are here. One object reads one file.

    spared  how many are in no row and are not suspended because they are staff
    makes   names of the groups that its rows make, by the name in small letters
    """

    def __init__(self, columns: Mapping[str, str]) -> None:
        self.columns = columns
        self.people = {row["id"]: row for row in Person.objects.values("id", *WRITTEN)}
        self.by_email = {row["email"]: pk for pk, row in self.people.items() if row["email"]}
        self.by_number = {row["number"]: pk for pk, row in self.people.items() if row["number"]}
        members = GroupMember.objects.values_list("person_id", "group__name")
        self.memberships = {(pk, name.casefold()) for pk, name in members}
        names = Group.objects.values_list("name", flat=True)
        self.groups = {name.casefold() for name in names}
        self.makes: dict[str, str] = {}
        self.seen: dict[tuple[str, Any], int] = {}
        self.spared = 0

    def line(self, number: int, cells: dict[str, str]) -> Line:
        """Return what a row comes to."""
        try:
            values, groups = self._values(cells)
            line = self._compared(number, values, groups)
        except Rejected as error:
            return Line(number, "rejected", cells=cells, error=str(error))
        for name in line.groups:
            if name.casefold() not in self.groups:
                self.makes.setdefault(name.casefold(), name)
        return line

    def missing(self, but: int) -> Iterator[Line]:
        """Yield those who were in no row: neither suspended already, nor staff, nor `but`.

        Staff is who has a role, in the school or by an open seat in a course.
        """
        staff = set(RoleGrant.objects.values_list("person_id", flat=True)) | staff_elsewhere()
        in_file = {pk for kind, pk in self.seen if kind == "person"}
        here = Person.objects.filter(suspended_at=None).order_by("pk")
        for pk, name in here.values_list("pk", "full_name"):
            if pk in in_file or pk == but:
                continue
            if pk in staff:
                self.spared += 1
            else:
                yield Line(-pk, "suspended", pk, changes={"full_name": [name, name]})

    def _values(self, cells: dict[str, str]) -> tuple[dict[str, str], list[str]]:
        said = {each: " ".join(cells.get(column, "").split())
                for each, column in self.columns.items()}  # fmt: skip
        name = said.get("full_name") or " ".join(
            part for part in (said.get("first_name"), said.get("last_name")) if part
        )
        email = said.get("email", "").lower()
        values = {"full_name": name, "email": email, "number": said.get("number", "")}
        values["language"] = _language(said.get("language", ""))
        _check(values)
        return values, _groups(said.get("group", ""))

    def _compared(self, number: int, values: dict[str, str], groups: list[str]) -> Line:
        person_id = self._person(values)
        self._once(number, values, person_id)
        if person_id is None:
            values["full_name"] = values["full_name"] or values["email"].partition("@")[0]
            if not values["full_name"]:
                raise Rejected(_("Write a name or an e-mail address."))
            new = {name: ["", text] for name, text in values.items() if text}
            return Line(number, "created", changes=new, groups=groups)
        here = self.people[person_id]
        changes = {
            name: [here[name] or "", text]
            for name, text in values.items()
            if text and text != (here[name] or "")
        }
        joins = [name for name in groups if (person_id, name.casefold()) not in self.memberships]
        kind = "changed" if changes or joins else "unchanged"
        return Line(number, kind, person_id, changes, joins)

    def _person(self, values: dict[str, str]) -> int | None:
        """Return who it is: by number, else by address. Raises Rejected if it is two people."""
        by_number = self.by_number.get(values["number"])
        by_email = self.by_email.get(values["email"])
        if by_number and by_email and by_number != by_email:
            raise Rejected(_("The number and the e-mail address belong to two different people."))
        here = self.people.get(by_email, {}).get("number") if by_email else None
        if by_number is None and here and values["number"] and here != values["number"]:
            raise Rejected(_("Somebody with this e-mail address has another number."))
        return by_number or by_email

    def _once(self, number: int, values: dict[str, str], person_id: int | None) -> None:
        """Raise Rejected if an earlier row is about the same person."""
        keys = [(kind, values[kind]) for kind in ("email", "number") if values[kind]]
        if person_id:
            keys.append(("person", person_id))
        for key in keys:
            if key in self.seen:
                raise Rejected(
                    _("Row %(row)s is about the same person. Remove one.") % {"row": self.seen[key]}
                )
        self.seen.update(dict.fromkeys(keys, number))


def _check(values: dict[str, str]) -> None:
    for name, most in LONGEST.items():
        if len(values[name]) > most:
            raise Rejected(_("“%(start)s…” is too long.") % {"start": values[name][:20]})
    if values["email"]:
        try:
            validate_email(values["email"])
        except ValidationError as error:
            raise Rejected(
                _("“%(email)s” is no e-mail address.") % {"email": values["email"][:80]}
            ) from error


def _language(text: str) -> str:
    """Return the code of a language that Schola speaks, written as a code or as its name."""
    for code, name in settings.LANGUAGES:
        if text.casefold() in (code, name.casefold()):
            return code
    return ""


def _groups(text: str) -> list[str]:
    names = [name.strip() for name in re.split(r"[;,|]", text) if name.strip()]
    if len(names) > MOST_GROUPS or any(len(name) > GROUP_LENGTH for name in names):
        raise Rejected(_("There are too many groups in this row, or a name is too long."))
    return list({name.casefold(): name for name in names}.values())
