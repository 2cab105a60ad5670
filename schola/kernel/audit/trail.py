"""Writing down what was done."""

import hashlib
import json
import secrets
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from schola.kernel import clock
from schola.kernel.models import AuditEntry, AuditValues


@transaction.atomic
def act(
    actor_id: int | None,
    act: str,
    kind: str = "",
    object_id: object = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write down an act in the caller's transaction: who, what, on which thing, and the change.

    before, after  JSON values; they may be erased later, the entry stays
    """
    entry = AuditEntry(at=clock.now(), actor_id=actor_id, act=act, object_kind=kind)
    entry.object_id = str(object_id)
    if before is None and after is None:
        entry.save()
        return entry
    salt, before, after = secrets.token_hex(16), plain(before), plain(after)
    entry.digest = digest(salt, before, after)
    entry.save()
    AuditValues.objects.create(entry=entry, salt=salt, before=before, after=after)
    return entry


def read(actor_id: int, what: str, kind: str = "", object_id: object = "") -> AuditEntry:
    """Write down that somebody looked at what is private, such as another person's grades."""
    return act(actor_id, f"read {what}", kind, object_id)


def erase_values(kind: str, object_id: object) -> int:
    """Erase what the acts on a thing changed; return of how many. The chain stays whole."""
    entries = AuditEntry.objects.filter(object_kind=kind, object_id=str(object_id))
    return AuditValues.objects.filter(entry__in=entries).delete()[0]


def plain(values: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the values as JSON gives them back."""
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def digest(salt: str, before: Any, after: Any) -> str:
    """Return what the entry keeps of its values: 64 hex digits, nothing without the salt."""
    words = json.dumps([salt, before, after], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()
