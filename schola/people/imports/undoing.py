"""Taking an import back, in chunks that are each done wholly or not at all.

What somebody has changed since, and people who have begun to use their account, are left as they
are, and the row says why.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schola.kernel import clock
from schola.kernel.events import emit
from schola.kernel.jobs import checkpoint, job, progress
from schola.kernel.signals import announce
from schola.people.actions.addresses import follow_addresses
from schola.people.actions.groups import delete_group, remove_from_group
from schola.people.events import PeopleSaved
from schola.people.locks import lock_groups
from schola.people.models import Group, ImportRow, Person, PersonImport
from schola.people.removal import memberships_of, needless_groups, reasons_to_stay, remove_people
from schola.people.rights import holds_more, with_rights_of_now

CHUNK = 500
FIELDS = ("full_name", "email", "number", "language")
NULL_IF_EMPTY = ("email", "number")
NEW = 1  # the revision of somebody who was never changed
Rows = list[ImportRow]
People = dict[int, Person]


def applied(row: PersonImport) -> QuerySet[ImportRow]:
    """Return the rows that have changed something."""
    return ImportRow.objects.filter(of=row, error="").exclude(applied_at=None)


def undoable(row: PersonImport) -> dict[str, int]:
    """Return {kind: rows} of what the import has done, with "joined": people put into groups."""
    rows = applied(row).order_by()
    counts = dict(rows.values_list("kind").annotate(n=Count("pk")))
    return counts | {"joined": rows.exclude(joined=[]).count()}


def made_groups(row: PersonImport) -> list[str]:
    """Return the names of the groups that the import made and that are still here."""
    made = row.counts.get("made", [])
    here = Group.objects.filter(pk__in=made).order_by("name") if made else Group.objects.none()
    return list(here.values_list("name", flat=True))


@job(label=gettext_lazy("Import of people taken back"), tries=20)
def undo_import(import_id: int) -> None:
    """Take back the rows that are not taken back yet. A second time it goes on, or does nothing."""
    row = PersonImport.objects.get(pk=import_id)
    if row.state != PersonImport.State.UNDOING:
        return
    wanted = applied(row)
    total = wanted.count()
    while _undo_chunk(row, wanted):
        progress(wanted.exclude(undone_at=None).count(), total)
    with transaction.atomic():
        _remove_groups(row)
        row.state, row.undone_at = PersonImport.State.UNDONE, clock.now()
        row.save(update_fields=["state", "undone_at"])
        announce(f"import-{row.pk}", {})


def _remove_groups(row: PersonImport) -> None:
    """Delete the groups that the import made, but for those that are needed by now."""
    lock_groups(made := row.counts.get("made", []))
    for group in needless_groups(made):
        delete_group(group, group.revision)


@transaction.atomic
def _undo_chunk(row: PersonImport, wanted: "Iterable[ImportRow]") -> bool:
    """Take the next rows back, the last first; False if there are none left. One worker at once."""
    PersonImport.objects.select_for_update().get(pk=row.pk)
    rows = list(wanted.filter(undone_at=None).order_by("-number")[:CHUNK])
    if not rows:
        return False
    lock_groups(pk for each in rows for pk in each.joined)
    people = Person.objects.select_for_update(no_key=True).order_by("pk")
    people = people.in_bulk([each.person_id for each in rows])
    for kind, undo in (("created", _remove), ("changed", _restore), ("suspended", _reinstate)):
        if mine := [each for each in rows if each.kind == kind and _is_here(each, people)]:
            undo(mine, people)
    now = clock.now()
    for each in rows:
        each.undone_at = now
    ImportRow.objects.bulk_update(rows, ["undone_at", "left", "person"])
    announce(f"import-{row.pk}", {})
    checkpoint(undone_to=rows[-1].number)
    return True


def _is_here(row: ImportRow, people: People) -> bool:
    """Tell whether the person of a row is still here; else there is nothing to take back."""
    if row.person_id in people:
        return True
    row.left = _("This person is not here any more.")
    return False


def _remove(rows: Rows, people: People) -> None:
    """Remove the people whom these rows made, but for those of whom more is true by now."""
    reasons = reasons_to_stay([people[row.person_id] for row in rows])
    groups = defaultdict(set)
    for person_id, group_id in memberships_of([row.person_id for row in rows]):
        groups[person_id].add(group_id)
    for row in rows:
        person = people[row.person_id]
        if groups[person.pk] - set(row.joined):
            reasons.setdefault(person.pk, _("Somebody has put them into a group meanwhile."))
        if person.suspended_at or person.revision != NEW or not _is_as_written(row, person):
            reasons.setdefault(person.pk, _("Somebody has changed this person meanwhile."))
        row.left = reasons.get(person.pk, "")
    gone = [row for row in rows if not row.left]
    _leave(gone)
    remove_people([people[row.person_id] for row in gone])
    for row in gone:
        row.person = None


def _restore(rows: Rows, people: People) -> None:
    """Write the values of before, unless somebody has changed the same meanwhile."""
    taken = _taken(rows)
    fine, by = [], with_rights_of_now(rows[0].of.by)
    for row in rows:
        person = people[row.person_id]
        if not _is_as_written(row, person):
            row.left = _("Somebody has changed this person meanwhile.")
        elif "email" in row.changes and holds_more(person, than=by):
            row.left = _("They hold rights that whoever sent the file does not hold.")
        elif any(taken.get((n, old), person.pk) != person.pk for n, old in _before(row).items()):
            row.left = _("Somebody else has the former address or number meanwhile.")
        else:
            fine.append(row)
    _leave(fine)
    changed = [people[row.person_id] for row in fine if row.changes]
    for row in fine:
        _write(row, people[row.person_id])
    Person.objects.bulk_update(changed, [*FIELDS, "sort_key", "revision"])
    follow_addresses(people[row.person_id] for row in fine if "email" in row.changes)
    if changed:
        emit(PeopleSaved(person_ids=[person.pk for person in changed]))


def _write(row: ImportRow, person: Person) -> None:
    for name, old in _before(row).items():
        setattr(person, name, (old or None) if name in NULL_IF_EMPTY else old)
    person.sort_key = person.full_name.casefold()
    person.revision += 1


def _reinstate(rows: Rows, people: People) -> None:
    """Let those in again whom these rows suspended, unless somebody has done either since."""
    for row in rows:
        if people[row.person_id].suspended_at != row.applied_at:
            row.left = _("Somebody has changed this person meanwhile.")
    ids = [row.person_id for row in rows if not row.left]
    Person.objects.filter(pk__in=ids).update(suspended_at=None)


def _leave(rows: Rows) -> None:
    """Take the people of these rows out of the groups into which the rows put them."""
    members = defaultdict(list)
    for row in rows:
        for group_id in row.joined:
            members[group_id].append(row.person_id)
    for group in Group.objects.filter(pk__in=members).order_by("pk"):
        remove_from_group(group, members[group.pk])


def _is_as_written(row: ImportRow, person: Person) -> bool:
    """Tell whether what the row wrote still stands there."""
    return all((getattr(person, name) or "") == new for name, (_old, new) in row.changes.items())


def _before(row: ImportRow) -> dict[str, str]:
    return {name: old for name, (old, _new) in row.changes.items()}


def _taken(rows: Rows) -> dict[tuple[str, str], int]:
    """Return whose the former addresses and numbers of these rows are by now."""
    found: dict[tuple[str, str], int] = {}
    for name in NULL_IF_EMPTY:
        values = {_before(row).get(name) for row in rows} - {"", None}
        here = Person.objects.filter(**{f"{name}__in": values}).values_list(name, "pk")
        found.update({(name, value): pk for value, pk in here})
    return found
