"""One port: events stream from here, everything else is Django's WSGI handler in a few threads.

A thread is taken only when the whole body has been read, so that slow lines cost memory, not
threads. Requests wait in lanes: a save is never turned away; a page or a report is told to come
back when too many wait already.
"""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schola.settings")

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

_handler = get_wsgi_application()  # loads the apps, which the imports below need

from schola.kernel import clock  # noqa: E402
from schola.kernel.live import stream  # noqa: E402

THREADS = int(os.environ.get("SCHOLA_THREADS", "4"))
IN_MEMORY = 1_000_000  # bytes of a body; what is larger goes to a temporary file
WAITING = {"page": 200, "report": 20}  # requests of a lane in this process; a save has no limit
LIVE = "/live/"

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

_django = WSGIMiddleware(_handler, workers=THREADS)
_waiting = {"save": 0, "page": 0, "report": 0}


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """The ASGI application that granian runs."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http" and scope["path"].startswith(LIVE):
        await stream(scope, receive, send)
    elif scope["type"] == "http":
        await _in_lane(scope, receive, send)


async def _in_lane(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    lane = lane_of(scope)
    if _waiting[lane] >= WAITING.get(lane, 1 << 30):
        await _come_back(send)
        return
    _waiting[lane] += 1
    try:
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            if await _read(receive, body):
                await _django(scope, _replay(body, receive), send)
    finally:
        _waiting[lane] -= 1


def lane_of(scope: dict[str, Any]) -> str:
    """Return the lane of a request: what writes is a save, what exports is a report."""
    if scope["method"] not in ("GET", "HEAD"):
        return "save"
    path = scope["path"]
    return "report" if path.startswith("/reports") or path.endswith((".csv", ".xlsx")) else "page"


async def _read(receive: Receive, body: Any) -> bool:
    """Read the whole body; False if the client went away meanwhile."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return False
        body.write(message.get("body", b""))
        if not message.get("more_body"):
            body.seek(0)
            return True


def _replay(body: Any, receive: Receive) -> Receive:
    """Return a receive that gives the body in pieces, then what the client does next."""
    ended = False

    async def again() -> dict[str, Any]:
        nonlocal ended
        if ended:
            return await receive()
        piece = body.read(65_536)
        ended = len(piece) < 65_536
        return {"type": "http.request", "body": piece, "more_body": not ended}

    return again


async def _come_back(send: Send) -> None:
    headers = [(b"retry-after", b"5"), (b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    words = b"Many people are here just now. Try again in a few seconds."
    await send({"type": "http.response.body", "body": words})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await asyncio.to_thread(clock.measure)
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
