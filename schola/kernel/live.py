"""Server-sent events: pages that are open hear within a second that something has changed.

One task per process looks for new signals, four times a second and only while somebody listens:
a look at the end of a primary key. The right to listen is in the address, signed, with the session
for which it was made: once a second the task also asks which sessions are over, and hangs up.
"""

import asyncio
import itertools
import json
import logging
from collections import defaultdict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
)

from schola.kernel.models import Signal
from schola.kernel.presence import open_among
from schola.kernel.tenants import everywhere

LIFE = timedelta(hours=12)
POLL_SECONDS = 0.25
POLLS_A_ROLL_CALL = 4  # polls between two questions who is still signed in
HEARTBEAT_SECONDS = 15
log = logging.getLogger(__name__)
SALT = "schola.live.2"
NEWS = f"""
SELECT id, organization_id, channel, data
  FROM {Signal._meta.db_table} WHERE id > %s ORDER BY id
"""
BACK = 300  # how far a look goes back, in ids
LAST = f"SELECT COALESCE(MAX(id), 0) FROM {Signal._meta.db_table}"


@dataclass(eq=False)
class Listener:
    """A page that listens. over: set once its session is."""

    session_id: int
    queue: asyncio.Queue = field(default_factory=lambda: asyncio.Queue(maxsize=100))
    over: asyncio.Event = field(default_factory=asyncio.Event)


_listeners: dict[str, set[Listener]] = defaultdict(set)
_poller: asyncio.Task | None = None


def live_url(organization_id: int, channel: str, session_id: int | None) -> str:
    """Return an address from which one channel is heard for half a day, while the session lasts."""
    return "/live/" + signing.dumps([organization_id, channel, session_id], salt=SALT)


def read_live(token: str) -> tuple[str, int]:
    """Return the channel that an address names, and for which session it was made.

    Raises BadSignature if it is too old or made up.
    """
    organization_id, channel, session_id = signing.loads(token, salt=SALT, max_age=LIFE)
    return f"{organization_id}:{channel}", session_id


async def stream(scope: dict[str, Any], receive: Callable, send: Callable) -> None:
    """Send what happens on the channel until the client goes away or the session is over."""
    try:
        channel, session_id = read_live(scope["path"].removeprefix("/live/"))
    except signing.BadSignature:
        channel, session_id = "", 0
    if session_id not in await _ask(_open_among, {session_id}):
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    listener = Listener(session_id)
    _listeners[channel].add(listener)
    _start_poller()
    headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await _say(send, "retry: 3000\n\n")
    try:
        await _first_of(_gone(receive), _tell(listener.queue, send), listener.over.wait())
        if listener.over.is_set():
            await send({"type": "http.response.body", "body": b""})
    finally:
        _listeners[channel].discard(listener)


async def _tell(queue: asyncio.Queue, send: Callable) -> None:
    while True:
        try:
            data = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
            await _say(send, f"data: {data}\n\n")
        except TimeoutError:
            await _say(send, ": \n\n")


async def _gone(receive: Callable) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _first_of(*works: Coroutine) -> None:
    """Wait until one of these is done, and stop the others."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
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
    await _ask(watch.start)
    for number in itertools.count(1):
        if not any(_listeners.values()):
            return
        await asyncio.sleep(POLL_SECONDS)
        try:
            await _pass_on(watch)
            if number % POLLS_A_ROLL_CALL == 0:
                await _hang_up()
        except DatabaseError:
            log.exception("The signals could not be read; they are looked for again.")


async def _pass_on(watch: "_Watch") -> None:
    for channel, data in await _ask(watch.news):
        for listener in list(_listeners.get(channel, ())):
            if not listener.queue.full():
                listener.queue.put_nowait(data)


async def _hang_up() -> None:
    """End the streams whose sessions are over. One query for all that listen."""
    all_of_them = [each for heard in list(_listeners.values()) for each in heard]
    here = await _ask(_open_among, {each.session_id for each in all_of_them})
    for each in all_of_them:
        if each.session_id not in here:
            each.over.set()


async def _ask(work: Callable, *values: Any) -> Any:
    """Ask the database in a thread, and once more if the thread's connection had been lost."""
    return await asyncio.to_thread(_on_a_line, work, *values)


def _on_a_line(work: Callable, *values: Any) -> Any:
    close_old_connections()
    try:
        return work(*values)
    except (OperationalError, InterfaceError):
        connection.close()
        return work(*values)


@everywhere()
def _open_among(session_ids: set[int]) -> set[int]:
    return open_among(session_ids)


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
