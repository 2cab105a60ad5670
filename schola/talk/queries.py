"""What can be asked of notices."""

from typing import Any

from schola.people.models import Person
from schola.talk.kinds import words
from schola.talk.models import Notice


def unread(person: Person, most: int) -> list[dict[str, Any]]:
    """Return the newest notices that a person has not read, in words. One query."""
    rows = Notice.objects.filter(person=person, read_at=None).order_by("-at", "-pk")[:most]
    return [{"text": words(row.kind, row.data), "url": row.url} for row in rows]
