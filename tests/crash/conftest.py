"""A school in processes of its own, which may be killed at any moment and started again."""

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.crash.school import PASSWORD
from tests.e2e.live import ROOT, Live, free_port, fresh_database
from tests.tools.kill9_loop import Server


@dataclass
class Victim:
    """The school as `schola run` serves it: web, worker and their supervisor, one tree."""

    live: Live
    places: dict[str, Any]

    @property
    def config(self) -> dict[str, Any]:
        """How the tools start it and sign in; n is the number of a learner."""
        port = self.live.port
        return {
            "base": self.live.url,
            "login_url": "/signin",
            "csrf": {"page": "/signin", "cookie": "csrf"},
            "login": {
                "url": "/signin",
                "method": "POST",
                "form": {"email": "learner{n}@crash.example", "password": PASSWORD},
            },
            "start": f"{sys.executable} -m schola run --empty --port {port}",
            "cwd": str(ROOT),
            "env": self.live.environ,
            "ready": f"http://127.0.0.1:{port}/healthz",
            "log": str(self.live.home / "server.log"),
        }

    def server(self) -> Server:
        return Server(self.config, Path("/"))

    def where(self, course: str, kind: str) -> str:
        """Return the address of an activity."""
        found = self.places[course]
        return f"/courses/{found['course']}/{found['items'][kind]}"


@pytest.fixture
def make_victim(tmp_path):
    """Make a school with so many learners: make_victim(20)."""

    def make(learners: int) -> Victim:
        live = Live(tmp_path, free_port(), fresh_database(tmp_path))
        live.run("schola", "migrate", "--verbosity", "0")
        return Victim(live, json.loads(live.run("tests.crash.school", str(learners))))

    return make


@pytest.fixture
def running(make_victim):
    """A school that runs; it is stopped in any case."""
    victim = make_victim(4)
    server = victim.server()
    asyncio.run(server.start())
    yield victim, server
    server.stop()
