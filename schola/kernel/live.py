"""Server-sent events: pages that are open hear within a second that something has changed.

One task per process looks for new signals, four times a second and only while somebody listens:
a look at the end of a primary key. The right to listen is in the address, signed, so that nothing
here needs the session.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import connection

from schola.kernel.models import Signal
from schola.kernel.tenants import everywhere

LIFE = timedelta(hours=12)
POLL_SECONDS = 0.25
HEARTBEAT_SECONDS = 15
SALT = "schola.live"
NEWS = f"""
SELECT id, organization_id, channel, data
  FROM {Signal._meta.db_table} WHERE id > %s ORDER BY id
"""
BACK = 300  # how far a look goes back, in ids
LAST = f"SELECT COALESCE(MAX(id), 0) FROM {Signal._meta.db_table}"

_listeners: dict[str, set[asyncio.Queue]] = defaultdict(set)
_poller: asyncio.Task | None = None


def live_url(organization_id: int, channel: str) -> str:
    """Return an address from which whoever has it may hear one channel for half a day."""
    return "/live/" + signing.dumps([organization_id, channel], salt=SALT)


def channel_of(token: str) -> str:
    """Return the channel that an address names. Raises BadSignature if it is too old or made up."""
    organization_id, channel = signing.loads(token, salt=SALT, max_age=LIFE)
    return f"{organization_id}:{channel}"


async def stream(scope: dict[str, Any], receive: Callable, send: Callable) -> None:
    """Send what happens on the channel until the client goes away."""
    try:
        channel = channel_of(scope["path"].removeprefix("/live/"))
    except signing.BadSignature:
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    queue: asyncio.Queue = asyncio.Queue(maxsize=100)
    _listeners[channel].add(queue)
    _start_poller()
    headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await _say(send, "retry: 3000\n\n")
    try:
        await _until_gone(receive, _tell(queue, send))
    finally:
        _listeners[channel].discard(queue)


async def _tell(queue: asyncio.Queue, send: Callable) -> None:
    while True:
        try:
            data = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
            await _say(send, f"data: {data}\n\n")
        except TimeoutError:
            await _say(send, ": \n\n")


async def _until_gone(receive: Callable, telling: Awaitable) -> None:
    task = asyncio.ensure_future(telling)
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        task.cancel()


async def _say(send: Callable, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


def _start_poller() -> None:
    global _poller
    if _poller is None or _poller.done():
        _poller = asyncio.ensure_future(_poll())


async def _poll() -> None:
    """Look for signals while somebody listens."""
    watch = _Watch()
    await asyncio.to_thread(watch.start)
    while any(_listeners.values()):
        await asyncio.sleep(POLL_SECONDS)
        for channel, data in await asyncio.to_thread(watch.news):
            for queue in list(_listeners.get(channel, ())):
                if not queue.full():
                    queue.put_nowait(data)


class _Watch:
    """What has been seen of the signals. Works in threads, each with its own connection.

    Ids are given before transactions commit, so that a lower one may come after a higher one:
    each look goes back a little and leaves out what was seen.
    """

    def __init__(self) -> None:
        self.last = 0
        self.seen: set[int] = set()

    @everywhere()
    def start(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(LAST)
            self.last = cursor.fetchone()[0]
            cursor.execute(NEWS, [self.last - BACK])
            self.seen = {row[0] for row in cursor.fetchall()}

    @everywhere()
    def news(self) -> list[tuple[str, str]]:
        with connection.cursor() as cursor:
            cursor.execute(NEWS, [self.last - BACK])
            rows = [row for row in cursor.fetchall() if row[0] not in self.seen]
        if rows:
            self.last = max(self.last, rows[-1][0])
            self.seen = {pk for pk in self.seen if pk > self.last - BACK} | {row[0] for row in rows}
        return [(f"{org}:{channel}", _text(data)) for _id, org, channel, data in rows]


def _text(data: Any) -> str:
    return data if isinstance(data, str) else json.dumps(data)
