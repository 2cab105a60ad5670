"""Whether a session is still open, for what comes without its cookie: packages, live channels.

Their addresses name the session in which they were given out, and end with it: when its person
signs out, is suspended, or has a new password. The floor that keeps sessions says how to find out.
"""

import time
from collections.abc import Callable, Collection

KEPT_SECONDS = 2  # for which an answer holds for a file of a package, of which a page loads many

Finder = Callable[[Collection[int]], set[int]]

_finders: list[Finder] = []
_kept: dict[int, float] = {}  # session -> until when it is taken to be open


def find_by(finder: Finder) -> Finder:
    """Let this function say which of some sessions are open. One query."""
    _finders[:] = [finder]
    return finder


def open_among(session_ids: Collection[int]) -> set[int]:
    """Return those of the sessions that are open now, in the organization in which we act."""
    return _finders[0](session_ids) if session_ids else set()


def is_open(session_id: int) -> bool:
    """Tell whether the session is open now. One query."""
    return session_id in open_among([session_id])


def was_open(session_id: int) -> bool:
    """Tell whether the session is open, or was two seconds ago. Mostly no query."""
    now = time.monotonic()
    if _kept.get(session_id, 0) > now:
        return True
    forget(before=now)
    if not is_open(session_id):
        return False
    _kept[session_id] = now + KEPT_SECONDS
    return True


def forget(before: float = float("inf")) -> None:
    """Let go of what is kept until this moment, so that the next question is asked anew."""
    for session_id, until in list(_kept.items()):
        if until <= before:
            _kept.pop(session_id, None)
