"""A launch: whoever has its address may run one package for one working day, and report to it.

The launch is over before that when the session is in which it was begun. See kernel.presence.
"""

import secrets
import time
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.core import signing
from django.http import Http404

from schola.kernel.presence import is_open
from schola.kernel.tenants import acting_in

SALT = "schola.scorm.launch.2"
LIFE_SECONDS = 8 * 3600


class Launch(NamedTuple):
    """attempt_id: empty while an author looks, and nothing is kept.

    review  the learner looks at an attempt that is over: it is shown as it was, nothing is kept
    """

    organization_id: int
    person_id: int
    session_id: int
    version_id: int
    package: str
    attempt_id: str = ""
    review: bool = False


def run_url(launch: Launch) -> str:
    """Return the address, on the content host, of the page that runs the package."""
    return f"{settings.CONTENT_URL}/p/{signing.dumps(list(launch), salt=SALT)}/_run"


def read_launch(token: str, goes_on: Callable[[int], bool] = is_open) -> Launch:
    """Return what a token says. Raises Http404 if it is made up, too old, or its session is over.

    goes_on  tells whether a session does
    """
    try:
        launch = Launch(*signing.loads(token, salt=SALT, max_age=LIFE_SECONDS))
    except signing.BadSignature as error:
        raise Http404 from error
    with acting_in(launch.organization_id):
        if not goes_on(launch.session_id):
            raise Http404
    return launch


def new_name() -> str:
    """Return the name of a launch: later ones sort later. See `cmi.Commit`."""
    return f"{int(time.time() * 1000):013d}-{secrets.token_hex(4)}"


def piece_url(href: str) -> str:
    """Return the address of a piece of the package, relative to the page that runs it."""
    return quote(href, safe="/?&=#%+;,:@!$'()*~-._")
