"""From the event loop to Django's WSGI handler and back: one thread, one hop each way.

A page is sent in one piece when its thread has finished it. Only what streams (a file, an export)
goes out chunk by chunk, from the thread that makes it, because its cursor belongs to that thread.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, BinaryIO

from a2wsgi.wsgi import build_environ

SEND_SECONDS = 60  # how long a thread waits for a reader that takes nothing

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Bridge:
    """Answers requests, whose bodies have been read, by a WSGI handler in a number of threads."""

    def __init__(self, handler: Callable, threads: int) -> None:
        self.handler = handler
        self.executor = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: dict[str, Any], body: BinaryIO, send: Send) -> None:
        """Send the answer. The context of this task is also that of the handler."""
        loop = asyncio.get_running_loop()
        environ = build_environ(scope, body)

        async def say(message: dict[str, Any]) -> None:
            await send(message)

        def tell(message: dict[str, Any]) -> None:
            sending = asyncio.run_coroutine_threadsafe(say(message), loop)
            try:
                sending.result(SEND_SECONDS)
            except TimeoutError:
                sending.cancel()
                raise

        answer = Answer(tell)
        run = copy_context().run
        content = await loop.run_in_executor(self.executor, run, answer.make, self.handler, environ)
        if content is not None:
            await send(answer.head)
            await send({"type": "http.response.body", "body": content})


class Answer:
    """One answer while its thread makes it. tell: sends a message and waits until it is sent."""

    def __init__(self, tell: Callable[[dict[str, Any]], None]) -> None:
        self.tell = tell
        self.head: dict[str, Any] = {}

    def make(self, handler: Callable, environ: dict[str, Any]) -> bytes | None:
        """Return the content; None if it was a stream and has been sent."""
        response = handler(environ, self._start)
        try:
            if not getattr(response, "streaming", True):
                return b"".join(response)
            self.tell(self.head)
            for chunk in response:
                message = {"type": "http.response.body", "body": chunk, "more_body": True}
                self.tell(message)
            self.tell({"type": "http.response.body", "body": b""})
            return None
        finally:
            response.close()

    def _start(self, status: str, headers: list[tuple[str, str]], error: Any = None) -> None:
        pairs = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers]
        code = int(status.partition(" ")[0])
        self.head = {"type": "http.response.start", "status": code, "headers": pairs}
