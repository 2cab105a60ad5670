"""Somebody at work over HTTP, who remembers what was acknowledged and what was not."""

import threading
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.crash.conftest import Victim
from tests.crash.school import PASSWORD
from tests.e2e.live import rows


@dataclass
class Hand:
    """One person, signed in, with one act of theirs.

    tag       names what the act makes, so that it can be counted
    heard     {step: answer} of what was acknowledged
    begun     set when the step begins at which the school is to be killed
    gone      set while the school is dead: whoever waits for it stops waiting
    """

    victim: Victim
    email: str
    tag: str
    cut_at: int
    heard: dict[str, httpx.Response] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    begun: threading.Event = field(default_factory=threading.Event)
    gone: threading.Event = field(default_factory=threading.Event)
    steps: int = 0

    def __post_init__(self) -> None:
        self.client = self._client(f"schola.localhost:{self.victim.live.port}")
        self.content = self._client(f"content.schola.localhost:{self.victim.live.port}")
        self.client.get("/signin")
        answer = self._send("/signin", {"email": self.email, "password": PASSWORD}, None, {})
        assert answer.status_code == 302, answer.text[:300]

    def post(self, step: str, path: str, form: dict[str, Any], files: Any = None) -> httpx.Response:
        """Post a form under the key of this step, the same each time. Below 400, or it fails."""
        self._count()
        key = self.keys.setdefault(step, uuid.uuid4().hex)
        return self._keep(step, self._send(path, form, files, {"Idempotency-Key": key}))

    def patch(self, step: str, path: str, offset: int, data: bytes) -> httpx.Response:
        """Send a piece of an upload."""
        self._count()
        headers = self._headers() | {"Upload-Offset": str(offset)}
        return self._keep(step, self.client.patch(path, content=data, headers=headers))

    def report(self, step: str, path: str, body: dict[str, Any]) -> None:
        """Report to the content host, as a package does."""
        self._count()
        self._keep(step, self.content.post(path, json=body))

    def get(self, path: str) -> httpx.Response:
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer

    def wait(self) -> None:
        """Stand for a job that runs meanwhile: the cut may come during it."""
        self._count()

    def sql(self, query: str) -> list[tuple]:
        return rows(self.victim.live.database, query)

    def number(self, query: str) -> int:
        """Return the one number that a query counts."""
        return self.sql(query)[0][0]

    def close(self) -> None:
        self.client.close()
        self.content.close()

    def _count(self) -> None:
        self.steps += 1
        if self.steps == self.cut_at:
            self.begun.set()

    def _keep(self, step: str, answer: httpx.Response) -> httpx.Response:
        assert answer.status_code < 400, (self.tag, step, answer.status_code, answer.text[-400:])
        self.heard[step] = answer
        return answer

    def _send(
        self, path: str, form: dict[str, Any], files: Any, headers: dict[str, str]
    ) -> httpx.Response:
        form = form | {"csrfmiddlewaretoken": self.client.cookies["csrf"]}
        return self.client.post(path, data=form, files=files, headers=headers)

    def _headers(self) -> dict[str, str]:
        return {"X-CSRFToken": self.client.cookies["csrf"]}

    def _client(self, host: str) -> httpx.Client:
        base = f"http://127.0.0.1:{self.victim.live.port}"
        return httpx.Client(base_url=base, headers={"Host": host}, timeout=15)
