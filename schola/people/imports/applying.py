"""Doing what the dry run showed, in chunks that are each done wholly or not at all."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schola.kernel import clock
from schola.kernel.events import emit
from schola.kernel.jobs import checkpoint, job, progress
from schola.kernel.signals import announce
from schola.people.actions.addresses import follow_addresses
from schola.people.actions.groups import add_to_group
from schola.people.events import PeopleSaved, PersonInvited
from schola.people.locks import lock_groups, lock_people
from schola.people.models import (
    Group,
    GroupMember,
    ImportRow,
    Person,
    PersonImport,
    RoleGrant,
    Session,
)
from schola.people.removal import staff_elsewhere
from schola.people.rights import holds_more, with_rights_of_now

CHUNK = 500
KINDS = ("created", "changed", "suspended")
Rows = list[ImportRow]


@job(label=gettext_lazy("People imported"), tries=20)
def apply_import(import_id: int) -> None:
    """Apply the rows that are not applied yet. A second time it goes on, or does nothing."""
    row = PersonImport.objects.get(pk=import_id)
    if row.state != PersonImport.State.APPLYING:
        return
    wanted = ImportRow.objects.filter(of=row, kind__in=KINDS)
    total = wanted.count()
    while _apply_chunk(row, wanted):
        progress(wanted.exclude(applied_at=None).count(), total)
    with transaction.atomic():
        row.state, row.done_at = PersonImport.State.DONE, clock.now()
        row.save(update_fields=["state", "done_at"])
        announce(f"import-{row.pk}", {})


@transaction.atomic
def _apply_chunk(row: PersonImport, wanted: "Iterable[ImportRow]") -> bool:
    """Apply the next rows with all that follows from them; False if there are none left.

    One worker at a time: a second one, which has taken over, waits here and goes on after it.
    """
    row.counts = PersonImport.objects.select_for_update().get(pk=row.pk).counts
    rows = list(wanted.filter(applied_at=None).order_by("number")[:CHUNK])
    if not rows:
        return False
    _hold_groups(rows)
    lock_people(each.person_id for each in rows if each.person_id)
    now = clock.now()
    for each in rows:
        each.applied_at = now
    for kind, do in (("created", _create), ("changed", _change), ("suspended", _suspend)):
        if mine := [each for each in rows if each.kind == kind]:
            do(mine)
    if made := _join([each for each in rows if each.person_id and not each.error]):
        row.counts = row.counts | {"made": row.counts.get("made", []) + made}
        row.save(update_fields=["counts"])
    ImportRow.objects.bulk_update(rows, ["applied_at", "error", "person", "joined"])
    announce(f"import-{row.pk}", {})
    checkpoint(last=rows[-1].number)
    return True


def _hold_groups(rows: Rows) -> None:
    """Hold the groups of these rows: they are locked before people."""
    names = {name.casefold() for row in rows for name in row.groups}
    if names:
        lock_groups(group.pk for name, group in _groups_by_name().items() if name in names)


def _create(rows: Rows) -> None:
    """Make the people of these rows, and invite those who have an address."""
    fine = _still_free(rows)
    people = [
        Person(
            full_name=_new(row, "full_name"),
            sort_key=_new(row, "full_name").casefold(),
            email=_new(row, "email") or None,
            number=_new(row, "number") or None,
            language=_new(row, "language"),
        )
        for row in fine
    ]
    Person.objects.bulk_create(people)
    for row, person in zip(fine, people, strict=True):
        row.person = person
    invited = [PersonInvited(person_id=each.pk) for each in people if each.email]
    if people:
        emit(PeopleSaved(person_ids=[each.pk for each in people]), *invited)


def _change(rows: Rows) -> None:
    """Write what has changed, unless somebody has changed the same meanwhile."""
    people = Person.objects.select_for_update(no_key=True).order_by("pk")
    people = people.in_bulk([row.person_id for row in rows])
    taken, by = _taken(rows), with_rights_of_now(rows[0].of.by)
    changed = []
    for row in rows:
        person = people[row.person_id]
        if any((getattr(person, name) or "") != old for name, (old, _new) in row.changes.items()):
            row.error = _("Somebody has changed this person meanwhile.")
        elif "email" in row.changes and holds_more(person, than=by):
            row.error = _("They hold rights that whoever sent the file does not hold.")
        elif any(
            taken.get((name, new), person.pk) != person.pk
            for name, (_old, new) in row.changes.items()
        ):
            row.error = _("Somebody with this e-mail address or number is here meanwhile.")
        elif row.changes:
            _write(person, row)
            changed.append(person)
    fields = ["full_name", "sort_key", "email", "number", "language", "revision"]
    Person.objects.bulk_update(changed, fields)
    follow_addresses(
        people[row.person_id] for row in rows if "email" in row.changes and not row.error
    )
    if changed:
        emit(PeopleSaved(person_ids=[person.pk for person in changed]))


def _write(person: Person, row: ImportRow) -> None:
    for name, (_old, new) in row.changes.items():
        setattr(person, name, new)
    person.sort_key = person.full_name.casefold()
    person.revision += 1


def _suspend(rows: Rows) -> None:
    """Suspend who is not suspended yet, at the moment of the row: by it undoing knows its own."""
    ids = {row.person_id for row in rows}
    grants = RoleGrant.objects.open().filter(person__in=ids)
    staff = set(grants.values_list("person_id", flat=True)) | staff_elsewhere(among=ids)
    for row in rows:
        if row.person_id in staff:
            row.error = _("They have been given a role meanwhile.")
    people = Person.objects.filter(pk__in=ids - staff, suspended_at=None)
    people.update(suspended_at=rows[0].applied_at)
    Session.objects.filter(person__in=ids - staff).delete()


def _join(rows: Rows) -> list[int]:
    """Put people into the groups of their rows; make those that are missing, return their ids."""
    members: dict[str, Rows] = defaultdict(list)
    names: dict[str, str] = {}
    for row in rows:
        for name in row.groups:
            members[name.casefold()].append(row)
            names.setdefault(name.casefold(), name)
    if not names:
        return []
    here = _groups_by_name()
    made = {
        key: Group.objects.create(name=names[key]) for key in sorted(names.keys() - here.keys())
    }
    for key, group in sorted((here | made).items()):
        if key in names:
            _join_one(group, members[key])
    return [group.pk for group in made.values()]


def _groups_by_name() -> dict[str, Group]:
    return {group.name.casefold(): group for group in Group.objects.all()}


def _join_one(group: Group, rows: Rows) -> None:
    """Put the people of these rows into a group; each row keeps whether it was by it."""
    ids = [row.person_id for row in rows]
    members = GroupMember.objects.filter(group=group, person__in=ids)
    before = set(members.values_list("person_id", flat=True))
    add_to_group(group, ids)
    for row in rows:
        if row.person_id not in before:
            row.joined.append(group.pk)


def _still_free(rows: Rows) -> Rows:
    """Return the rows whose address and number still belong to nobody; the others get an error."""
    taken = _taken(rows)
    for row in rows:
        if any((name, _new(row, name)) in taken for name in ("email", "number")):
            row.error = _("Somebody with this e-mail address or number is here meanwhile.")
    return [row for row in rows if not row.error]


def _taken(rows: Rows) -> dict[tuple[str, str], int]:
    """Return whose the new addresses and numbers of these rows are by now."""
    found: dict[tuple[str, str], int] = {}
    for name in ("email", "number"):
        values = {_new(row, name) for row in rows} - {""}
        here = Person.objects.filter(**{f"{name}__in": values}).values_list(name, "pk")
        found.update({(name, value): pk for value, pk in here})
    return found


def _new(row: ImportRow, name: str) -> str:
    return row.changes.get(name, ["", ""])[1]
