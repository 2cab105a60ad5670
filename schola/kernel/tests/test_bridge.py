"""Between the event loop and Django: a page in one piece, a stream as it comes."""

import asyncio
from io import BytesIO

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from schola.kernel import bridge
from schola.kernel.bridge import Bridge

SCOPE = {
    "type": "http", "method": "POST", "path": "/ä", "query_string": b"a=1", "http_version": "1.1",
    "headers": [(b"content-length", b"5"), (b"host", b"school.example")],
}  # fmt: skip


def ask(response, body=b"hello"):
    """Let a handler give this response; return what it was asked and the messages sent."""
    asked, sent = {}, []

    def handler(environ, start):
        asked.update(environ, body=environ["wsgi.input"].read(5))
        start(f"{response.status_code} OK", list(response.items()))
        return response

    async def send(message):
        sent.append(message)

    asyncio.run(Bridge(handler, 1)(SCOPE, BytesIO(body), send))
    return asked, sent


def test_a_page_is_sent_in_one_piece():
    asked, sent = ask(HttpResponse("seen", status=201, headers={"X-Word": "plain"}))

    start, content = sent
    assert start["status"] == 201
    assert (b"x-word", b"plain") in start["headers"]
    assert content == {"type": "http.response.body", "body": b"seen"}
    assert asked["body"] == b"hello"
    assert asked["PATH_INFO"] == "/ä".encode().decode("latin1")


def test_a_stream_is_sent_as_it_comes_and_closed():
    closed = []

    def pieces():
        try:
            yield b"one"
            yield b"two"
        finally:
            closed.append(True)

    _asked, sent = ask(StreamingHttpResponse(pieces()))

    assert [each.get("body") for each in sent] == [None, b"one", b"two", b""]
    assert [each.get("more_body", False) for each in sent[1:]] == [True, True, False]
    assert closed


def test_a_reader_that_takes_nothing_sets_the_thread_free(monkeypatch):
    monkeypatch.setattr(bridge, "SEND_SECONDS", 0.05)
    closed, sent = [], []
    stuck = StreamingHttpResponse([b"one"])
    stuck.close = lambda: closed.append(True)
    answers = iter([stuck, HttpResponse("next")])

    def handler(environ, start):
        start("200 OK", [])
        return next(answers)

    async def never(message):
        await asyncio.Event().wait()

    async def send(message):
        sent.append(message)

    async def both():
        to_django = Bridge(handler, 1)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(to_django(SCOPE, BytesIO(), never), 5)
        assert closed
        await asyncio.wait_for(to_django(SCOPE, BytesIO(), send), 5)

    asyncio.run(both())

    assert sent[-1]["body"] == b"next"
