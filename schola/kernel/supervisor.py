"""`schola run`: web and worker under one small supervisor, which itself does not load Django."""

import argparse
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType

GRACE_SECONDS = 10  # more than granian waits before it kills a process that hangs
LOOK_SECONDS = 0.5
PR_SET_PDEATHSIG = 1  # of prctl(2)
QUICK_DEATH_SECONDS = 5  # a child that dies sooner than this waits before it is started again


def run(words: Sequence[str]) -> int:
    """Prepare the school, then serve it until told to stop. Returns the exit code."""
    options = _options(words)
    os.environ.setdefault("SCHOLA_URL", f"http://schola.localhost:{options.port}")
    prepare = [sys.executable, "-m", "schola", "prepare"]
    if code := subprocess.call(prepare + (["--empty"] if options.empty else [])):
        return code
    web = web_command(options.host, options.port, options.processes)
    return Supervisor({"web": web, "worker": [sys.executable, "-m", "schola", "worker"]}).run()


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="schola run", description="Serve the site and run its jobs, until told to stop."
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", default=8000, type=int)
    parser.add_argument("--processes", default=1, type=int, help="of the web; at most the cores")
    parser.add_argument(
        "--empty", "--no-demo", action="store_true", help="start without the demo school"
    )
    return parser.parse_args(words)


def web_command(host: str, port: int, processes: int) -> list[str]:
    """Return the command that serves. The kill timeout is what ends a process whose clients
    broke off in the middle of an answer: it does not exit by itself.
    """
    return [
        sys.executable, "-m", "granian", "--interface", "asginl", "--host", host,
        "--port", str(port), "--workers", str(processes), "--workers-kill-timeout", "5",
        "--no-ws", "--log-level", "warning", "--respawn-failed-workers",
        "schola.kernel.serve:application",
    ]  # fmt: skip


class Supervisor:
    """Children by name: one signal stops all, one that dies is started again."""

    def __init__(self, commands: dict[str, list[str]]) -> None:
        self.commands = commands
        self.children: dict[str, subprocess.Popen] = {}
        self.started: dict[str, float] = {}
        self.going = True

    def run(self) -> int:
        """Keep the children going until SIGTERM or SIGINT. Returns 0."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while self.going:
            for name in self.commands:
                self._keep(name)
            time.sleep(LOOK_SECONDS)
        self._end()
        return 0

    def _keep(self, name: str) -> None:
        child = self.children.get(name)
        if child is not None and child.poll() is None:
            return
        if child is not None and time.monotonic() - self.started[name] < QUICK_DEATH_SECONDS:
            time.sleep(LOOK_SECONDS)
        if self.going:
            # A session of its own: Ctrl-C reaches the supervisor alone, which stops the rest.
            self.children[name] = subprocess.Popen(
                self.commands[name], start_new_session=True, preexec_fn=_end_with_parent()
            )
            self.started[name] = time.monotonic()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.going = False

    def _end(self) -> None:
        for child in self.children.values():
            child.terminate()
        until = time.monotonic() + GRACE_SECONDS
        for child in self.children.values():
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                _kill_group(child)


def _end_with_parent() -> Callable[[], None] | None:
    """Return what a child does before it starts: ask for SIGTERM when its parent is gone.

    Only Linux has this; elsewhere children of a killed supervisor have to be stopped by hand.
    """
    if sys.platform != "linux":
        return None
    ask = ctypes.CDLL(None).prctl  # found before the fork: a child may not load anything
    parent = os.getpid()

    def follow() -> None:
        ask(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before we could ask
            os._exit(1)

    return follow


def _kill_group(child: subprocess.Popen) -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    child.wait()
