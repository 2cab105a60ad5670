"""What can be asked of notices."""

from typing import Any

from django.db.models import Count, Window
from django.http import HttpRequest

from schola.talk.kinds import words
from schola.talk.models import Notice


def unread(request: HttpRequest, most: int) -> list[dict[str, Any]]:
    """Return the newest notices that a person has not read, in words. One query.

    How many there are in all is kept with the request, so that the bell need not ask again.
    """
    rows = Notice.objects.filter(person=request.person, read_at=None)
    rows = list(rows.annotate(all=Window(Count("pk"))).order_by("-at", "-pk")[:most])
    request.unread = rows[0].all if rows else 0
    return [{"text": words(row.kind, row.data), "url": row.url} for row in rows]


def count_unread(request: HttpRequest) -> int:
    """Return how many notices a person has not read: one query, or none if it is known."""
    if not hasattr(request, "unread"):
        request.unread = Notice.objects.filter(person=request.person, read_at=None).count()
    return request.unread
