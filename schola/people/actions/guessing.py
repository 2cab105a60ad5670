"""Limits on guessing: failures are counted by the name of what is guessed, success forgets them."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError

from schola.kernel import clock
from schola.kernel.regardless import regardless
from schola.people.models import SignInFailure
from schola.people.sessions import digest

WINDOW = timedelta(minutes=15)
MOST = 10  # failures in the window


def must_not_guess(secret: str, words: str) -> bool:
    """Return whether guesses at the secret have failed that success should forget.

    secret  a name of what is guessed and by whom, for instance "key of course 3 by person 7"
    Raises ValidationError with the words and the code "slow" if too many failed just now.
    """
    failures = failures_at(digest(secret))
    if len(recent(failures)) >= MOST:
        raise ValidationError(words, code="slow")
    return bool(failures)


def guess_failed(secret: str, address: str | None = None) -> None:
    """Count a guess that failed. It counts also if the rest of the request is undone."""
    row = SignInFailure(account=digest(secret), address=address, at=clock.now())
    regardless(row.save)


def forget_guesses(secret: str) -> None:
    """Let the count begin anew."""
    SignInFailure.objects.filter(account=digest(secret)).delete()


def failures_at(account: str) -> list[tuple[datetime, str | None]]:
    """Return when and from where the last guesses failed, newest first, at most MOST of them.

    account  the digest under which they are counted
    """
    tries = SignInFailure.objects.filter(account=account).order_by("-at")
    return list(tries.values_list("at", "address")[:MOST])


def recent(failures: list[tuple[datetime, str | None]]) -> list[str | None]:
    """Return from where the guesses came that failed in the window."""
    since = clock.now() - WINDOW
    return [where for at, where in failures if at > since]
