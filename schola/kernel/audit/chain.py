"""Chaining: each entry is bound to the one before it, so that none can be changed or left out.

Entries are written without a place, so that acts need not wait for one another. The worker gives
them their places each second, in one transaction per organization.
"""

import hashlib
import json

from django.db import transaction

from schola.kernel.models import AuditEntry, AuditHead
from schola.kernel.tenants import acting_in, everywhere

AT_ONCE = 500


@everywhere()
def chain_all() -> int:
    """Chain what is not chained yet, in every organization; return how many. Safe to race."""
    loose = AuditEntry.objects.across().filter(seq=None)
    owners = list(loose.values_list("organization_id", flat=True).order_by().distinct())
    chained = 0
    for organization_id in owners:
        with acting_in(organization_id):
            while number := _chain_some():
                chained += number
    return chained


@transaction.atomic
def _chain_some() -> int:
    AuditHead.objects.bulk_create([AuditHead()], ignore_conflicts=True)
    head = AuditHead.objects.select_for_update().get()
    entries = list(AuditEntry.objects.filter(seq=None).order_by("pk")[:AT_ONCE])
    for entry in entries:
        head.seq += 1
        entry.seq, entry.previous_hash = head.seq, head.hash
        entry.hash = head.hash = link(entry)
        entry.save(update_fields=["seq", "previous_hash", "hash"])
    if entries:
        head.save(update_fields=["seq", "hash"])
    return len(entries)


def link(entry: AuditEntry) -> str:
    """Return the hash that an entry must have: over all that it says and the hash before it."""
    row = [
        entry.organization_id, entry.seq, entry.pk, entry.at.isoformat(), entry.actor_id,
        entry.act, entry.object_kind, entry.object_id, entry.digest, entry.previous_hash,
    ]  # fmt: skip
    words = json.dumps(row, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()
