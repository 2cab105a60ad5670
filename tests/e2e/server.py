"""A whole Schola of its own: web and worker as processes, a database, a data folder."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.e2e.live import rows

ROOT = Path(__file__).parents[2]
READY_SECONDS = 120


class Site:
    """One running site. `mails()` reads what it sent, `sql()` asks its database."""

    def __init__(self, home: Path, database: str) -> None:
        self.home = home
        self.port = _free_port()
        self.url = f"http://schola.localhost:{self.port}"
        self.database = _fresh_database(database, home)
        self.env = os.environ | {
            "DATABASE_URL": self.database,
            "SCHOLA_DATA": str(home / "data"),
            "SCHOLA_URL": self.url,
            "SCHOLA_LOG_LEVEL": "WARNING",
        }
        self.process: subprocess.Popen | None = None

    def start(self, *, demo: bool = False) -> None:
        """Start web and worker as `bin/run` does, and wait until they answer."""
        words = [sys.executable, "-m", "schola", "run", "--port", str(self.port)]
        if not demo:
            words.append("--empty")
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                words, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=1):
                    return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError((self.home / "log").read_text())

    def stop(self, number: int = signal.SIGTERM) -> None:
        """Stop the whole group of processes."""
        if self.process is None:
            return
        if number == signal.SIGKILL:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)
        self.process.wait(30)

    def sql(self, query: str) -> list[tuple]:
        """Return the rows of a query."""
        return rows(self.database, query)

    def soon(self, query: str, seconds: float = 15) -> list[tuple]:
        """Return the rows of a query as soon as there are any."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if rows := self.sql(query):
                return rows
            time.sleep(0.2)
        raise AssertionError(f"nothing for {query}")

    def link_for(self, email: str) -> str:
        """Return the newest link that was mailed to somebody, as soon as it is there."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            folder = self.home / "data" / "mail"
            texts = [path.read_text() for path in sorted(folder.glob("*"))]
            mine = [
                mail for text in texts for mail in text.split("-" * 79) if f"To: {email}" in mail
            ]
            links = [found for mail in mine for found in re.findall(r"http\S+/welcome/\S+", mail)]
            if links:
                return links[-1]
            time.sleep(0.2)
        raise AssertionError(f"no mail for {email}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _fresh_database(url: str, home: Path) -> str:
    if not url.startswith("postgres"):
        return f"sqlite:///{home}/e2e.sqlite3"
    name = f"e2e_{os.getpid()}_{home.name.replace('-', '_')}"
    with psycopg.connect(_dsn(url), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')
    parts = urlsplit(url)
    return url.replace(f"{parts.path}?", f"/{name}?", 1)


def _dsn(url: str) -> str:
    return url.replace("postgres://", "postgresql://", 1)
