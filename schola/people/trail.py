"""The audit trail in words: who did what, to what, and when."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from schola.kernel.audit.words import Thing, acts_like, name_of, thing_kinds
from schola.kernel.models import AuditEntry
from schola.people.models import Person

CHUNK = 500
NOTHING = Thing("")


@dataclass(frozen=True)
class Told:
    """One act in words. by: who; on: what, empty if it is not here any more."""

    at: datetime
    by: Thing
    what: str
    kind: str
    on: Thing


def entries(
    who: str = "", act: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[AuditEntry]:
    """Return the acts of or on people of this name, of this kind, on these days, the last first."""
    found = AuditEntry.objects.order_by("-pk")
    if who:
        people = _people_called(who)
        on_them = Q(object_kind="person", object_id__in=people.values("text"))
        found = found.filter(Q(actor_id__in=people.values("pk")) | on_them)
    if act:
        found = found.filter(act__in=acts_like(act))
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until:
        found = found.filter(at__lt=_midnight(until + timedelta(days=1)))
    return found


def in_words(rows: Sequence[AuditEntry], reader: Person) -> list[Told]:
    """Return the acts as people read them. One query for each kind of thing, however many."""
    things = _things(rows, reader)
    return [
        Told(
            at=row.at,
            by=things["person"].get(str(row.actor_id), nobody(row)),
            what=name_of(row.act),
            kind=str(thing_kinds[row.object_kind].label) if row.object_kind in thing_kinds else "",
            on=things.get(row.object_kind, {}).get(row.object_id, NOTHING),
        )
        for row in rows
    ]


def nobody(row: AuditEntry) -> Thing:
    """Return who did it where no person here has done it: somebody else, or the system."""
    return Thing(_("Somebody who is gone")) if row.actor_id else NOTHING


def all_in_words(found: QuerySet[AuditEntry], reader: Person) -> Iterator[Told]:
    """Yield all of the acts, 500 at a time."""
    last = None
    while True:
        rows = list(found.filter(pk__lt=last)[:CHUNK] if last else found[:CHUNK])
        yield from in_words(rows, reader)
        if len(rows) < CHUNK:
            return
        last = rows[-1].pk


def _things(rows: Sequence[AuditEntry], reader: Person) -> dict[str, Any]:
    """Return {kind: {id: thing}}. Every kind is asked, so that a page always costs the same."""
    ids = defaultdict(set)
    for row in rows:
        ids[row.object_kind].add(row.object_id)
        ids["person"].add(str(row.actor_id))
    return {kind: each.find(ids[kind], reader) for kind, each in thing_kinds.items()}


def _people_called(who: str) -> QuerySet[Person]:
    found = Person.objects.annotate(text=Cast("pk", CharField()))
    for word in who.casefold().split():
        found = found.filter(
            Q(sort_key__contains=word) | Q(email__contains=word) | Q(number__iexact=word)
        )
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
