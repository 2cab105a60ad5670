"""What can be asked of notices."""

from typing import Any

from django.http import HttpRequest

from schola.kernel.sql import fetch
from schola.talk.kinds import words
from schola.talk.models import Notice

UNREAD = f"SELECT COUNT(*) FROM {Notice._meta.db_table} WHERE person_id = %s AND read_at IS NULL"


def unread(request: HttpRequest, most: int) -> list[dict[str, Any]]:
    """Return the newest notices that a person has not read, in words. One query if there are any.

    How many there are in all is kept with the request, so that the bell need not ask again.
    """
    if not count_unread(request):
        return []
    rows = Notice.objects.filter(person=request.person, read_at=None)
    rows = rows.order_by("-at", "-pk")[:most]
    return [{"text": words(row.kind, row.data), "url": row.url} for row in rows]


def count_unread(request: HttpRequest) -> int:
    """Return how many notices a person has not read: one query, or none if it is known."""
    if not hasattr(request, "unread"):
        ((request.unread,),) = fetch(UNREAD, [request.person.pk])
    return request.unread
