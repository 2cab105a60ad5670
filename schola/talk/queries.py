"""What can be asked of notices."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from schola.kernel import clock
from schola.kernel.sql import fetch
from schola.people.models import Person
from schola.talk.kinds import kinds, words
from schola.talk.models import Notice, NoticeChoice

UNREAD = f"""
SELECT COUNT(*) FROM {Notice._meta.db_table}
 WHERE person_id = %s AND read_at IS NULL AND bell AND (act IS NULL OR hold_until <= %s)
"""
Ways = tuple[bool, bool]  # by bell, by mail
BOTH: Ways = (True, True)


def shown_to(person: Person) -> QuerySet[Notice]:
    """Return what hangs on a person's bell: not what may still be taken back by its sender."""
    told = Q(act=None) | Q(hold_until__lte=clock.now())
    return Notice.objects.filter(told, person=person, bell=True).order_by("-at", "-pk")


def unread(request: HttpRequest, most: int) -> list[dict[str, Any]]:
    """Return the newest notices that a person has not read, in words. One query if there are any.

    How many there are in all is kept with the request, so that the bell need not ask again.
    """
    if not count_unread(request):
        return []
    rows = shown_to(request.person).filter(read_at=None)[:most]
    return [{"text": words(row.kind, row.data), "url": row.url} for row in rows]


def count_unread(request: HttpRequest) -> int:
    """Return how many notices a person has not read: one query, or none if it is known."""
    if not hasattr(request, "unread"):
        now: datetime = connection.ops.adapt_datetimefield_value(clock.now())
        ((request.unread,),) = fetch(UNREAD, [request.person.pk, now])
    return request.unread


def held_by(person_id: int, act: UUID) -> QuerySet[Notice]:
    """Return what an act of a person has told and can still take back."""
    held = Notice.objects.filter(act=act, told_by=person_id)
    return held.filter(mailed_at=None, hold_until__gt=clock.now())


def ways_of(person_ids: Collection[int], kind: str) -> dict[int, Ways]:
    """Return by which ways those of these people hear of a kind who have chosen."""
    rows = NoticeChoice.objects.filter(kind=kind, person__in=person_ids)
    return {pk: (bell, mail) for pk, bell, mail in rows.values_list("person_id", "bell", "mail")}


def choices_of(person: Person) -> dict[str, Ways]:
    """Return by which ways a person hears of each kind."""
    rows = NoticeChoice.objects.filter(person=person).values_list("kind", "bell", "mail")
    chosen = {kind: (bell, mail) for kind, bell, mail in rows}
    return {kind: chosen.get(kind, BOTH) for kind in kinds}
