"""`schola run`: web and worker under one small supervisor."""

import signal
import subprocess
import sys
import time
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from schola.kernel.models import Organization

GRACE_SECONDS = 10


class Command(BaseCommand):
    help = "Serve the site and run its jobs, until told to stop."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8000")
        parser.add_argument("--processes", default="1")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Schola is at {settings.SITE_URL}  (Ctrl-C stops it)")
        if not Organization.objects.exists():
            self.stdout.write("It is empty. Open the address to set it up.")
        Supervisor(
            {
                "web": web(options["host"], options["port"], options["processes"]),
                "worker": [sys.executable, "-m", "schola", "worker"],
            }
        ).run()


def web(host: str, port: str, processes: str) -> list[str]:
    """Return the command that serves."""
    return [
        sys.executable, "-m", "granian", "--interface", "asginl", "--host", host, "--port", port,
        "--workers", processes, "--workers-kill-timeout", "5", "--no-ws", "--log-level", "warning",
        "--respawn-failed-workers", "schola.kernel.serve:application",
    ]  # fmt: skip


class Supervisor:
    """Children by name: one signal stops all, one that dies is started again."""

    def __init__(self, commands: dict[str, list[str]]) -> None:
        self.commands = commands
        self.children: dict[str, subprocess.Popen] = {}
        self.going = True

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while self.going:
            for name, words in self.commands.items():
                child = self.children.get(name)
                if child is None or child.poll() is not None:
                    self.children[name] = subprocess.Popen(words)
            time.sleep(0.5)
        self._end()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.going = False
        for child in self.children.values():
            child.terminate()

    def _end(self) -> None:
        until = time.monotonic() + GRACE_SECONDS
        for child in self.children.values():
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
