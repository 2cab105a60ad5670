"""A real server and a real worker in processes of their own, on a database of their own."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen
from uuid import uuid4

import psycopg

from schola.kernel.acting import EVERYWHERE, SETTING
from schola.kernel.supervisor import web_command

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 40
SECRET = uuid4().hex + uuid4().hex  # the site runs as it does in production


@dataclass
class Live:
    """Where the site is, and how to run a command beside it.

    folder  where its processes start, which is where Python finds the program first
    """

    home: Path
    port: int
    database: str
    folder: Path = ROOT
    children: list[subprocess.Popen] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://schola.localhost:{self.port}"

    @property
    def environ(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "schola.settings",
            "DATABASE_URL": self.database,
            "SCHOLA_DATA": str(self.home),
            "SCHOLA_URL": self.url,
            "SCHOLA_CONTENT_URL": self.url.replace("://", "://content."),
            "SCHOLA_LOG_LEVEL": "WARNING",
            "SCHOLA_DEBUG": "false",
            "SCHOLA_SECRET_KEY": SECRET,
            "SCHOLA_UNFINISHED_FILES": "100000",  # one for each request of a matrix
            "SCHOLA_MAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        }

    def run(self, *words: str) -> str:
        """Run `python -m …` on the same database; return what it prints."""
        command = [sys.executable, "-m", *words]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environ,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout

    def start(self) -> None:
        """Start web and worker, and wait until the site answers."""
        with (self.home / "server.log").open("w") as log:
            for command in (
                web_command("127.0.0.1", self.port, 1),
                [sys.executable, "-m", "schola", "worker"],
            ):
                self.children.append(
                    subprocess.Popen(
                        command,
                        cwd=self.folder,
                        env=self.environ,
                        stdout=log,
                        stderr=subprocess.STDOUT,
                    )
                )
        self._wait()

    def stop(self) -> None:
        for child in self.children:
            child.terminate()
        for child in self.children:
            child.wait(15)
        self.children.clear()

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError((self.home / "server.log").read_text()[-3000:])


def rows(database: str, query: str) -> list[tuple]:
    """Return the rows of a query to the database at this address, of all its organizations."""
    if not database.startswith("sqlite"):
        everywhere = f"-c {SETTING}={EVERYWHERE}"  # row security shows nothing to who says nothing
        with psycopg.connect(database, options=everywhere) as connection:
            return connection.execute(query).fetchall()
    connection = sqlite3.connect(database.removeprefix("sqlite:///"), timeout=20)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def fresh_database(home: Path) -> str:
    """Return the address of an empty database: on the PostgreSQL of the tests, or a file."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        return f"sqlite:///{home}/e2e.sqlite3"
    name = f"e2e_{uuid4().hex[:12]}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    parts = urlsplit(given)
    # urlunsplit drops the empty host of a socket address, so the text is put together here
    return f"{parts.scheme}://{parts.netloc}/{name}" + (f"?{parts.query}" if parts.query else "")


def open_school(live: Live) -> dict[str, Any]:
    """Make the tables and the two schools; return what the tests need to know of them."""
    live.run("schola", "migrate", "--verbosity", "0")
    return json.loads(live.run("tests.e2e.school"))
