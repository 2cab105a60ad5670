"""kill -9 loop: whatever the server acknowledged must be there after a crash, once, and nothing else may be broken. Linux.

    options = Namespace(rounds=50, clients=20, seed=1, sig="KILL", max_run=1.5, powercut=None)
    asyncio.run(Loop(config, Server(config, folder), options).run())

sig: KILL, TERM or STOP. powercut: (image, mount) of a loop-mounted ext4 image that holds the data (needs root).
config ("base", "login", "login_url", "csrf", "headers": see client.py)
{"base": "http://127.0.0.1:8000", "csrf": {"page": "/login"},
 "login": {"method": "POST", "url": "/login", "form": {"username": "student{n}", "password": "pw-student{n}"}},
 "first": 1, "stride": 1,                          numbers {n} of the clients: first, first + stride, ...
 "start": "uvicorn app:app --port 8000",           one command, or with "shell": true a line such as "web & worker & wait"
 "shell": false, "cwd": ".", "env": {},            "cwd" is relative to the config file
 "ready": "http://127.0.0.1:8000/healthz",         the server is ready when this answers below 400
 "ready_seconds": 60, "log": "server.log",         default log: a new temporary file, named when something fails
 "grace": 10,                                      seconds a tree may take to end after TERM or the death of its leader
 "kill": "group",                                  "group": the whole tree; "leader": only the first process; "child": one random child, no restart
 "begin": {"method": "POST", "url": "/api/exams/1/start", "save": {"attempt": "attempt"}},
 "write": {"method": "PUT", "url": "/api/attempts/{attempt}/answers/{q}", "json": {"rev": "{rev:int}", "value": "{value}"}, "questions": [1, 2, 3]},
 "final": {"method": "POST", "url": "/api/attempts/{attempt}/submit", "headers": {"Idempotency-Key": "{key}"}},      optional, last round, sent thrice
 "read": {"method": "GET", "url": "/api/attempts/{attempt}", "answers": "answers", "rev": "rev", "value": "value", "subs": "submissions"},
 "after": ["python manage.py audit-verify"]}       optional commands that must exit 0 after every restart
"write" may have "form" instead of "json"; a redirect that is not to sign-in acknowledges it too. "read" must answer JSON.
Oracle per (attempt, question): stored rev >= highest acknowledged rev, and the stored value is a value that was really sent with that rev.
An acknowledged sign-in must survive. After the last round: exactly one submission per attempt although every submit was sent twice with one key
and once with another. A run that acknowledged nothing fails. STOP freezes the tree for a second and lets it go on. Also: time to ready.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shlex
import signal
import subprocess
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

import httpx

from tests.tools.client import Config, Visitor, dig, saved


def count(found: Any) -> int:
    """A list of submissions, or how many there are."""
    return found if isinstance(found, int) else len(found)


def processes() -> dict[int, tuple[int, int]]:
    """pid -> (parent, session) of everything that is not a zombie"""
    out = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                f = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if f[0] not in "ZX":
                out[int(entry.name)] = (int(f[1]), int(f[3]))
    return out


class Server:
    def __init__(self, cfg: Config, here: Path) -> None:
        self.cfg, self.cwd = cfg, here / cfg.get("cwd", ".")
        self.env = {**os.environ, **cfg.get("env", {})}
        self.log = (
            here / cfg["log"]
            if cfg.get("log")
            else Path(tempfile.mkstemp(prefix="kill9-", suffix=".log")[1])
        )
        self.p: subprocess.Popen[bytes] | None = None
        self.known: set[int] = set()

    def tree(self) -> list[int]:
        """The started command, what it started, and what was seen to belong to it before (a process may leave the session)."""
        if not self.p:
            return []
        now, mine = processes(), set()
        mine = {pid for pid, (_, session) in now.items() if session == self.p.pid} | (
            self.known & now.keys()
        )
        while more := {pid for pid, (parent, _) in now.items() if parent in mine} - mine:
            mine |= more
        self.known = mine
        return sorted(mine)

    def send(self, sig: int, pids: list[int]) -> None:
        for pid in pids:
            try:
                os.kill(pid, sig)
            except ProcessLookupError:
                pass

    def gone(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.p:
                self.p.poll()
            if not self.tree():
                return True
            time.sleep(0.02)
        return False

    async def start(self) -> float:
        command = self.cfg["start"] if self.cfg.get("shell") else shlex.split(self.cfg["start"])
        self.known = set()
        with open(self.log, "ab") as log:
            self.p = subprocess.Popen(
                command,
                shell=bool(self.cfg.get("shell")),
                cwd=self.cwd,
                env=self.env,
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        begun = time.monotonic()
        v = Visitor({"base": self.cfg["base"], "verify": self.cfg.get("verify", True)}, timeout=1)
        try:
            while (
                time.monotonic() - begun < self.cfg.get("ready_seconds", 60)
                and self.p.poll() is None
            ):
                try:
                    if (await v.request("GET", self.cfg["ready"])).status_code < 400:
                        self.tree()
                        return time.monotonic() - begun
                except httpx.HTTPError:
                    pass
                await asyncio.sleep(0.02)
        finally:
            await v.close()
        state = "ended" if self.p.poll() is not None else "was not ready in time"
        raise SystemExit(
            f"the server {state}; its log {self.log} ends:\n{self.log.read_text(errors='replace')[-1500:]}"
        )

    def die(self, sig: str) -> bool:
        """Kills as the config says; True if the server has to be started again."""
        assert self.p
        how, number, pids = self.cfg.get("kill", "group"), getattr(signal, "SIG" + sig), self.tree()
        if sig == "STOP":
            self.send(number, pids)
            time.sleep(1)
            self.send(signal.SIGCONT, pids)
            return False
        if how == "child":
            children = [pid for pid, (parent, _) in processes().items() if parent == self.p.pid]
            self.send(number, [random.choice(children)] if children else [])
            return False
        self.send(number, [self.p.pid] if how == "leader" else pids)
        if not self.gone(self.cfg.get("grace", 10) if how == "leader" or sig == "TERM" else 1):
            self.send(signal.SIGKILL, self.tree())  # what outlived its leader, or would not end
            self.gone(10)
        self.p.wait()
        return True

    def powercut(self, image: str, mount: str) -> bool:
        """All processes stopped, the block image copied as it is (dirty pages of the inner file system are lost), then everything killed."""
        assert self.p
        self.send(signal.SIGSTOP, self.tree())
        subprocess.run(["cp", "--sparse=always", image, image + ".cut"], check=True)
        self.send(signal.SIGKILL, self.tree())
        self.gone(10)
        self.p.wait()
        subprocess.run(["umount", "-l", mount], check=True)
        for _ in range(50):  # the loop device must be free before the image goes back
            if not subprocess.run(["losetup", "-j", image], capture_output=True, text=True).stdout:
                break
            time.sleep(0.1)
        os.replace(image + ".cut", image)
        subprocess.run(["mount", "-o", "loop", image, mount], check=True)
        return True

    def stop(self) -> None:
        if self.p:
            self.send(signal.SIGTERM, self.tree())
            if not self.gone(10):
                self.send(signal.SIGKILL, self.tree())
            self.p.wait()


class Loop:
    def __init__(self, cfg: Config, server: Server, args: argparse.Namespace) -> None:
        self.cfg, self.server, self.args = cfg, server, args
        self.rnd = random.Random(args.seed)
        self.visitors = [Visitor(cfg, timeout=5) for _ in range(args.clients)]
        self.names: list[dict[str, Any]] = [
            {"n": i * cfg.get("stride", 1) + cfg.get("first", 1)} for i in range(args.clients)
        ]
        self.ledger: dict[
            tuple[int, Any], dict[str, Any]
        ] = {}  # (client, question) -> highest acknowledged rev, next rev, {rev: value sent}
        self.fails: list[tuple[Any, ...]] = []
        self.ready: list[float] = []
        self.acked = self.unknown = self.refused = self.cuts = 0

    async def call(self, i: int, spec: Config, **kw: Any) -> httpx.Response:
        return await self.visitors[i].send(spec, {**self.names[i], **kw})

    async def begin(self) -> None:
        for i, v in enumerate(self.visitors):
            await v.login(self.names[i])
            r = await self.call(i, self.cfg["begin"])
            if not v.allowed(r):
                raise SystemExit(f"begin: {r.status_code} {r.text[:200]}")
            self.names[i] |= saved(self.cfg["begin"], r)

    async def writer(self, i: int, stop: asyncio.Event) -> None:
        while not stop.is_set():
            q = self.rnd.choice(self.cfg["write"]["questions"])
            entry = self.ledger.setdefault((i, q), {"acked": 0, "next": 1, "sent": {}})
            rev = entry["next"]
            entry["next"] += 1
            entry["sent"][rev] = value = f"c{i}q{q}r{rev}-{uuid.uuid4().hex[:8]}"
            try:
                r = await self.call(i, self.cfg["write"], q=q, rev=rev, value=value)
            except httpx.HTTPError:
                self.unknown += 1
                await asyncio.sleep(0.01)
                continue
            if self.visitors[i].allowed(r):
                entry["acked"] = max(entry["acked"], rev)
                self.acked += 1
            elif r.status_code >= 500:
                self.unknown += 1
            else:
                self.refused += 1

    async def read(self, tag: Any, i: int) -> Any:
        r: httpx.Response | None = None
        for attempt in range(20):  # a killed worker may cut a connection of the pool once more
            try:
                r = await self.call(i, self.cfg["read"])
                break
            except httpx.HTTPError:
                await asyncio.sleep(0.1)
        if r is not None and self.visitors[i].signed_out(r):
            self.fails.append((tag, i, "login", "LOST: an acknowledged sign-in did not survive"))
            await self.visitors[i].login(self.names[i])
            r = await self.call(i, self.cfg["read"])
        if r is None or r.status_code != 200:
            self.fails.append((tag, i, "read", r.status_code if r else "no answer"))
            return None
        return r.json()

    async def verify(self, tag: Any) -> None:
        how = self.cfg["read"]
        for i in range(len(self.visitors)):
            data = await self.read(tag, i)
            if data is None:
                continue
            answers = dig(data, how["answers"])
            for (j, q), entry in self.ledger.items():
                if j != i or not entry["acked"]:
                    continue
                got = answers.get(str(q)) or {}
                rev, value = got.get(how["rev"], 0), dig(got, how["value"]) if got else None
                if rev < entry["acked"]:
                    self.fails.append(
                        (tag, i, f"q{q}", f"LOST: acknowledged rev {entry['acked']}, stored {rev}")
                    )
                elif entry["sent"].get(rev) != value:
                    self.fails.append((tag, i, f"q{q}", "CORRUPT value"))
                entry["next"], entry["acked"] = (
                    max(entry["next"], rev + 1),
                    max(entry["acked"], rev),
                )

    async def cut(self) -> None:
        again = await asyncio.to_thread(
            lambda: (
                self.server.powercut(*self.args.powercut)
                if self.args.powercut
                else self.server.die(self.args.sig)
            )
        )
        self.cuts += 1
        if again:
            self.ready.append(await self.server.start())

    async def round(self, rd: int) -> None:
        stop = asyncio.Event()
        writers = [asyncio.create_task(self.writer(i, stop)) for i in range(len(self.visitors))]
        await asyncio.sleep(self.rnd.uniform(0.1, self.args.max_run))
        cut = asyncio.create_task(self.cut())
        await asyncio.sleep(0.05)
        stop.set()
        await asyncio.gather(cut, *writers)
        for command in self.cfg.get("after", []):
            if subprocess.run(
                command, shell=True, cwd=self.server.cwd, env=self.server.env
            ).returncode:
                self.fails.append((rd, command, "exit status"))
        await self.verify(rd)

    async def final(self) -> None:
        async def thrice(i: int) -> None:
            key = uuid.uuid4().hex
            await asyncio.gather(
                *(self.call(i, self.cfg["final"], key=k) for k in (key, key, uuid.uuid4().hex)),
                return_exceptions=True,
            )

        await asyncio.gather(*(thrice(i) for i in range(len(self.visitors))))
        await self.cut()
        for i in range(len(self.visitors)):
            data = await self.read("final", i)
            n = count(dig(data, self.cfg["read"]["subs"])) if data is not None else 0
            if n != 1:
                self.fails.append(("final", i, "submissions", n))

    async def run(self) -> int:
        try:
            self.ready.append(await self.server.start())
            await self.begin()
            for rd in range(self.args.rounds):
                await self.round(rd)
            if self.cfg.get("final"):
                await self.final()
        finally:
            self.server.stop()
            for v in self.visitors:
                await v.close()
        if not self.acked:
            self.fails.append(("-", "-", "nothing was acknowledged: the run proves nothing"))
        for f in self.fails[:15]:
            print("FAIL", *f)
        self.ready.sort()
        print(
            f"{self.cuts} kills, {self.acked} acknowledged, {self.unknown} unknown, {self.refused} refused; {len(self.fails)} failures; "
            f"ready after median {self.ready[len(self.ready) // 2]:.2f} s max {self.ready[-1]:.2f} s"
            + (f"; log {self.server.log}" if self.fails else "")
        )
        if not self.fails and not self.cfg.get("log"):
            self.server.log.unlink()
        return int(bool(self.fails))
