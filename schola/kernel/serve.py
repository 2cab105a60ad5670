"""One port: events stream from here, everything else is Django's WSGI handler in a few threads.

A thread is taken only when the whole body has been read, so that slow lines cost memory, not
threads. Requests wait in lanes: a save is never turned away; a page or a report is told to come
back when too many wait already.
"""

import asyncio
import gc
import os
import tempfile
from collections.abc import Awaitable, Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schola.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

_handler = get_wsgi_application()  # loads the apps, which the imports below need

from schola.kernel import clock  # noqa: E402
from schola.kernel.bridge import Bridge  # noqa: E402
from schola.kernel.lanes import Lanes, TooManyWaiting  # noqa: E402
from schola.kernel.live import stream  # noqa: E402

IN_MEMORY = 1_000_000  # bytes of a body; what is larger goes to a temporary file
LARGEST = 64_000_000  # bytes of any body; larger files come in pieces
SILENT_SECONDS = 60  # without a byte of the body, after which nobody is thought to be there
BUSY = b"Many people are here just now. Try again in a few seconds."
TOO_LARGE = b"This is larger than 64 MB. Send files with the upload button, which sends pieces."
LIVE = "/live/"
GARBAGE = (20_000, 20, 20)  # new objects, then rounds, between collections

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

_django = Bridge(_handler, settings.THREADS)
_lanes = Lanes(settings.THREADS)


class BodyTooLarge(Exception):
    """More bytes than any request may have."""


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """The ASGI application that granian runs."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http" and _is_live(scope):
        await stream(scope, receive, send)
    elif scope["type"] == "http":
        await _in_lane(scope, receive, send)


def _is_live(scope: dict[str, Any]) -> bool:
    """Tell whether an open stream is asked for; the content host has none."""
    host = dict(scope["headers"]).get(b"host", b"")
    return scope["path"].startswith(LIVE) and not host.startswith(b"content.")


async def _in_lane(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:
        try:
            if not await _read(receive, body):
                return
            async with _lanes.turn(lane_of(scope)):
                await _django(scope, body, send)
        except TooManyWaiting:
            await _say(send, 503, BUSY, (b"retry-after", b"5"))
        except BodyTooLarge:
            await _say(send, 413, TOO_LARGE, (b"connection", b"close"))


def lane_of(scope: dict[str, Any]) -> str:
    """Return the lane of a request: what writes is a save, what exports is a report."""
    if scope["method"] not in ("GET", "HEAD"):
        return "save"
    path = scope["path"]
    return "report" if path.startswith("/reports") or path.endswith((".csv", ".xlsx")) else "page"


async def _read(receive: Receive, body: Any) -> bool:
    """Read the whole body; False if the client went away or fell silent meanwhile.

    Raises BodyTooLarge.
    """
    while True:
        try:
            async with asyncio.timeout(SILENT_SECONDS):
                message = await receive()
        except TimeoutError:
            return False
        if message["type"] == "http.disconnect":
            return False
        body.write(message.get("body", b""))
        if body.tell() > LARGEST:
            raise BodyTooLarge
        if not message.get("more_body"):
            body.seek(0)
            return True


async def _say(send: Send, status: int, words: bytes, header: tuple[bytes, bytes]) -> None:
    headers = [header, (b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words})


def _keep_what_is_loaded() -> None:
    """Collect garbage more seldom, and never again look at what a process keeps until its end.

    What a request leaves is freed by counting references; cycles are few. Costs a tenth less.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await asyncio.to_thread(clock.measure)
            _keep_what_is_loaded()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
