"""Sessions: who is behind a cookie, in one query."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse

from schola.kernel import clock
from schola.kernel.models import Organization
from schola.kernel.presence import find_by
from schola.kernel.rows import Rows
from schola.kernel.sql import fetch, moment
from schola.people.models import Person, Session, User

COOKIE = "__Host-schola" if settings.SECURE else "schola"
LIFE = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=10)
KEPT = timedelta(days=30)  # after its end, so that staff see where a person was signed in
PIECE = 500
PERSON = Rows(Person, "p")

HELD = f"""
  {Session._meta.db_table} s
  JOIN {User._meta.db_table} u ON u.id = s.user_id AND u.stamp = s.stamp
  JOIN {Person._meta.db_table} p
    ON p.id = s.person_id AND p.suspended_at IS NULL AND p.user_id = u.id
"""
VISITOR = f"""
SELECT s.id, s.seen_at, o.version, {PERSON.columns}
  FROM {HELD} JOIN {Organization._meta.db_table} o ON o.id = p.organization_id
 WHERE s.digest = %s AND s.organization_id = %s AND s.expires_at > %s
"""
OPEN = f"SELECT s.id FROM {HELD} WHERE s.expires_at > %s AND s.id IN "


class Visitor(NamedTuple):
    """A person and the session in which they came."""

    person: Person
    session_id: int
    seen_at: datetime


def visitor(token: str, organization_id: int) -> Visitor | None:
    """Return who is behind the cookie, or None. This is `may_act_now`, for every door at once.

    A suspended person, a user whose secret has changed, and a session of another organization or
    past its time are nobody. One query.
    """
    now = connection.ops.adapt_datetimefield_value(clock.now())
    row = next(iter(fetch(VISITOR, [digest(token), organization_id, now])), None)
    if row is None:
        return None
    person = PERSON.read(row[3:])
    person.roles_version = row[2]
    return Visitor(person, row[0], moment(row[1]))


@find_by
def open_among(session_ids: Collection[int]) -> set[int]:
    """Return those of the sessions in which somebody may still act. One query."""
    ids = sorted(session_ids)
    now = connection.ops.adapt_datetimefield_value(clock.now())
    places = ", ".join(["%s"] * len(ids))
    return {pk for (pk,) in fetch(f"{OPEN}({places})", [now, *ids])}


def open_session(request: HttpRequest, person: Person) -> str:
    """Sign the person in; return the new token for the cookie."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    Session.objects.create(
        digest=digest(token),
        user_id=person.user_id,
        person=person,
        stamp=person.user.stamp,
        created_at=now,
        seen_at=now,
        expires_at=now + LIFE,
        address=request.META.get("REMOTE_ADDR") or None,
        browser=request.headers.get("User-Agent", "")[:200],
    )
    return token


def set_cookie(response: HttpResponse, token: str) -> None:
    response.set_cookie(
        COOKIE, token, max_age=int(LIFE.total_seconds()), secure=settings.SECURE,
        httponly=True, samesite="Lax", path="/",
    )  # fmt: skip


def open_sessions(person: Person) -> QuerySet[Session]:
    """Return the sessions in which the person may still act, the last used first."""
    live = person.sessions.filter(expires_at__gt=clock.now(), stamp=F("user__stamp"))
    return live.order_by("-seen_at")


def close_session(session_id: int) -> None:
    Session.objects.filter(pk=session_id).delete()


def close_others(person: Person, session_id: int | None) -> int:
    """End all sessions of the person but this one; return how many."""
    return Session.objects.filter(person=person).exclude(pk=session_id).delete()[0]


def forget_expired() -> int:
    """Delete the organization's sessions that ended by time a month ago; return how many.

    Those that a new password ended are among them: nobody comes in by one, so its time runs out.
    """
    old = Session.objects.filter(expires_at__lt=clock.now() - KEPT)
    gone = 0
    while keys := list(old.values_list("pk", flat=True)[:PIECE]):
        gone += old.filter(pk__in=keys).delete()[0]
    return gone


def digest(token: str) -> str:
    """Return what is stored of a secret that a person holds."""
    return hashlib.sha256(token.encode()).hexdigest()


class Visitors:
    """Middleware: put the person behind the cookie, or None, into the request."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person, request.session_id = None, None
        token = request.COOKIES.get(COOKIE)
        school = request.organization
        found = visitor(token, school.pk) if token and school else None
        if found:
            request.person, request.session_id = found.person, found.session_id
            _keep_alive(found)
        return self.get_response(request)


def _keep_alive(found: Visitor) -> None:
    now = clock.now()
    if now - found.seen_at > SEEN_EVERY:
        session = Session.objects.filter(pk=found.session_id)
        session.update(seen_at=now, expires_at=now + LIFE)
