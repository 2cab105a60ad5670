"""A server to measure: started beside a school of its own, driven by load that is not counted."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from os import environ
from pathlib import Path

from django.db import connection

from benchmarks.processes import parent, tree

ROOT = Path(__file__).parent.parent


@contextmanager
def serving(port: int, processes: int) -> Iterator[int]:
    """Serve the school of this process by `schola run`; yield the id of the supervisor."""
    words = [
        sys.executable, "-m", "schola", "run", "--empty", "--port", str(port),
        "--processes", str(processes),
    ]  # fmt: skip
    address = {"SCHOLA_URL": f"http://schola.localhost:{port}"}
    server = subprocess.Popen(words, env=environ | address, stdout=subprocess.DEVNULL, cwd=ROOT)
    try:
        _wait_for(port)
        yield server.pid
    finally:
        server.terminate()
        server.wait(15)


def database_processes() -> list[int]:
    """Return the processes of the PostgreSQL that we use, and of no other; none for SQLite."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (ours,) = cursor.fetchone()
    return tree(parent(ours))


def load(port: int, requests: list[dict], count: int) -> dict:
    """Send the requests in turn, from a process of its own. See benchmarks.load."""
    words = [sys.executable, "-m", "benchmarks.load", str(port), str(count)]
    done = subprocess.run(
        words, input=json.dumps(requests), capture_output=True, text=True, check=True, cwd=ROOT
    )
    return json.loads(done.stdout)


def _wait_for(port: int) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1)
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")
