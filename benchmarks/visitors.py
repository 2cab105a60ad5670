"""Sessions of learners of the PERF school, and the requests that their browsers would send."""

import secrets
from datetime import timedelta

from django.utils import timezone

from schola.enrollment.models import Enrollment
from schola.people.models import Session
from schola.people.sessions import COOKIE, digest

CSRF = "c" * 32


def session(seat: Enrollment) -> str:
    """Sign the learner in; return the cookies, with the one that the sign-in form has set."""
    token, now = secrets.token_urlsafe(32), timezone.now()
    person = seat.person
    Session.objects.create(
        digest=digest(token), user=person.user, person=person, stamp=person.user.stamp,
        created_at=now, seen_at=now, expires_at=now + timedelta(days=1),
    )  # fmt: skip
    return f"{COOKIE}={token}; csrf={CSRF}"


def get(path: str, cookie: str = "") -> dict:
    return {"method": "GET", "path": path, "cookie": cookie}


def post(path: str, body: str, cookie: str = "", expect: int = 200) -> dict:
    """Return a form that is sent. {n} in the body is a number that grows."""
    return {"method": "POST", "path": path, "cookie": cookie or f"csrf={CSRF}", "csrf": CSRF,
            "body": body, "expect": expect}  # fmt: skip
