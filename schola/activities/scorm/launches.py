"""A launch: whoever has its address may run one package for one working day, and report to it."""

import secrets
import time
from typing import NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.core import signing
from django.http import Http404

SALT = "schola.scorm.launch"
LIFE_SECONDS = 8 * 3600


class Launch(NamedTuple):
    """attempt_id: empty while an author looks, and nothing is kept.

    review  the learner looks at an attempt that is over: it is shown as it was, nothing is kept
    """

    organization_id: int
    person_id: int
    version_id: int
    package: str
    attempt_id: str = ""
    review: bool = False


def run_url(launch: Launch) -> str:
    """Return the address, on the content host, of the page that runs the package."""
    return f"{settings.CONTENT_URL}/p/{signing.dumps(list(launch), salt=SALT)}/_run"


def read_launch(token: str) -> Launch:
    """Return what a token says. Raises Http404 if it is made up or too old."""
    try:
        return Launch(*signing.loads(token, salt=SALT, max_age=LIFE_SECONDS))
    except signing.BadSignature as error:
        raise Http404 from error


def new_name() -> str:
    """Return the name of a launch: later ones sort later. See `cmi.Commit`."""
    return f"{int(time.time() * 1000):013d}-{secrets.token_hex(4)}"


def piece_url(href: str) -> str:
    """Return the address of a piece of the package, relative to the page that runs it."""
    return quote(href, safe="/?&=#%+;,:@!$'()*~-._")
