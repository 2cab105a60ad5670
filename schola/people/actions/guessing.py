"""Limits on guessing: failures are counted by the name of what is guessed, success forgets them.

A guess is counted as failed before it is judged. So of many at the same moment no more are judged
than of as many one after another: each sees all that were counted before it, and itself.
"""

from collections import Counter
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import connection

from schola.kernel import clock
from schola.kernel.sql import fetch
from schola.people.models import SignInFailure
from schola.people.sessions import digest

WINDOW = timedelta(minutes=15)
MOST = 10  # failures in the window
KEPT = timedelta(days=7)  # longer than the window: staff read which tries failed
PIECE = 500

FAILURES = SignInFailure._meta.db_table
COUNT = f"INSERT INTO {FAILURES} (account, address, at) VALUES (%s, %s, %s) RETURNING id"
RECENT = f"SELECT address FROM {FAILURES} WHERE account = %s AND at > %s"
TAKE_BACK = f"DELETE FROM {FAILURES} WHERE id = %s RETURNING id"
FORGET = f"DELETE FROM {FAILURES} WHERE account = %s RETURNING id"


def count_guess(
    secret: str, words: str, *, address: str | None = None, from_address: int = MOST
) -> int:
    """Count a guess as failed, before it is judged; return its id, for `take_back`.

    Call it in no transaction: others have to see it, and it counts whatever becomes of the rest.

    secret        a name of what is guessed and by whom, as "key of course 3 by person 7"
    from_address  how many guesses may fail in the window that come from one address

    Raises ValidationError with the words and the code "slow" if it is one too many; then it is
    not to be judged, and does not count.
    """
    account, now = digest(secret), clock.now()
    adapted, began = (connection.ops.adapt_datetimefield_value(at) for at in (now, now - WINDOW))
    ((guess,),) = fetch(COUNT, [account, address, adapted])
    failed = Counter(sender for (sender,) in fetch(RECENT, [account, began]))
    # Who sends many at once from one address uses up their own, not those of everybody.
    if failed[address] > from_address or sum(min(n, from_address) for n in failed.values()) > MOST:
        take_back(guess)
        raise ValidationError(words, code="slow")
    return guess


def take_back(guess: int) -> None:
    """Let a guess that was counted not count."""
    fetch(TAKE_BACK, [guess])


def forget_guesses(secret: str) -> None:
    """Let the count begin anew."""
    fetch(FORGET, [digest(secret)])


def forget_failures() -> int:
    """Delete failures that are a week old, in pieces; return how many. They count no longer."""
    old = SignInFailure.objects.filter(at__lt=clock.now() - KEPT)
    gone = 0
    while keys := list(old.values_list("pk", flat=True)[:PIECE]):
        gone += old.filter(pk__in=keys).delete()[0]
    return gone
