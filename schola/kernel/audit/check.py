"""Proving the trail: what does not fit is said in words."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from schola.kernel import clock
from schola.kernel.audit.chain import link
from schola.kernel.audit.trail import digest
from schola.kernel.audit.triggers import missing_triggers
from schola.kernel.models import AuditEntry, AuditHead, AuditValues, Organization
from schola.kernel.tenants import acting_in

LOOSE = timedelta(minutes=1)  # an entry that is older must be chained, if a worker runs
AT_ONCE = 2_000
MOST_FAULTS = 100


def verify(organization: Organization) -> list[str]:
    """Return what is wrong with an organization's trail, in words, at most 100 lines."""
    with acting_in(organization.pk):
        found = list(islice(_faults(), MOST_FAULTS))
    return found + [f"The database no longer guards the trail: {n}." for n in missing_triggers()]


def _faults() -> Iterator[str]:
    head = AuditHead.objects.first() or AuditHead()
    seq, last = 0, ""
    for entry in AuditEntry.objects.exclude(seq=None).order_by("seq").iterator(AT_ONCE):
        if entry.seq > head.seq:
            break  # chained since we began
        if entry.seq != seq + 1:
            yield f"Entries {seq + 1} to {entry.seq - 1} are missing."
        if entry.previous_hash != last:
            yield f"Entry {entry.seq} does not follow the one before it."
        if entry.hash != link(entry):
            yield f"Entry {entry.seq} ({entry.act}) was changed."
        seq, last = entry.seq, entry.hash
    if (seq, last) != (head.seq, head.hash):
        yield f"The trail should end with entry {head.seq}, but ends with {seq}."
    yield from _changed_values()
    loose = AuditEntry.objects.filter(seq=None, at__lt=clock.now() - LOOSE).count()
    if loose:
        yield f"{loose} entries are not chained yet. Is a worker running?"


def _changed_values() -> Iterator[str]:
    rows = AuditValues.objects.select_related("entry").order_by("pk")
    for row in rows.iterator(AT_ONCE):
        if digest(row.salt, row.before, row.after) != row.entry.digest:
            yield f"The values of entry {row.entry.seq} ({row.entry.act}) were changed."
