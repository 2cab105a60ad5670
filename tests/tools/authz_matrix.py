"""Authorisation matrix: every route x every user x own / other's / missing object, with canary leak detection.

    asyncio.run(Matrix(config, Namespace(csrf=True, crawl=False, no_variants=True, report="")).run())

config ("base", "login", "login_url", "csrf", "headers": see client.py)
{"base": "http://127.0.0.1:8000", "login_url": "/login", "csrf": {"page": "/login"},
 "login": {"method": "POST", "url": "/login", "form": {"username": "{user}", "password": "{password}"}},
 "users": {"anon": null, "studentA": {"user": "s1", "password": "pw"}, "teacherB": {...}},
 "setup": [{"as": "studentA", "method": "POST", "url": "/courses/1/start", "form": {}, "save": {"attemptA": {"location": "/attempts/(\\d+)"}}}],
 "objects": {"course": {"A": {"id": "1", "canary": "CANARY-c1"}, "B": {"id": "2"}},
             "attempt": {"A": {"id": "$attemptA", "of": {"course": "A"}}, "B": {"id": "$attemptB", "of": {"course": "B"}}},
             "note": {"A": {"of": {"course": "A"}, "make": {"as": "studentA", "method": "POST", "url": "/courses/{course}/notes", "form": {"text": "x"},
                                                            "save": {"note": {"location": "/notes/(\\d+)"}}}}}},
 "missing": {"attempt": "987654321"},          an id that does not exist, by kind; this is the default
 "may_see": {"CANARY-c1": ["admin", "studentA"]},
 "policy": [{"method": "GET", "path": "/courses/{course}/attempts/{attempt}", "allow": {"A": ["admin", "studentA"], "B": ["admin"]}},
            {"method": "POST", "path": "/courses/{course}/rename", "form": {"title": "T"}, "headers": {"HX-Request": "true"}, "ok": [302, 303],
             "allow": {"A": ["admin"], "B": ["admin"]}}],
 "crawl": {"start": ["/"], "max": 300}}
Policy: a path may hold several {kind} placeholders, of several kinds ({to:course} is a second course); placeholders in "form", "json" and
"headers" count as well. "allow" is keyed by the last placeholder's object ("A"), by all of them in order ("A/B"), or by "*" (any; also for
routes without an object). What is not listed is forbidden to everyone. "of" names the parents: each child is also tried under every parent that
is not its own, and no user may get through (R10). An id may be a whole tail of a path ("unit/7/page-2"). "make" creates a new object before
each request of an unsafe row that ends in it by somebody who may, so that one request cannot spoil the next. "before": a step
whose saved values such a request takes along (a revision). "content" and "files" are bodies, too. A step with
"until": {"url", "text"} is over when that address shows that text. "ok": the statuses that count as success (default:
below 400 and no redirect to sign-in), e.g. [302, 303] where a 200 is the form coming back with errors.
"signed": the address itself is the permission, which no foreign page knows: who says no origin needs no token.
Denied is 401, 403, 404, 405 or a redirect to "login_url". Any other redirect counts as allowed: after post-redirect-get that is success.
Rules:  R1 allowed -> success                 R2 denied -> denied                       R3 denied answers hold no canary
        R4 other's object and missing object answer alike (no existence oracle)         R5 path / method tricks do not turn denied into allowed
        R6 (test_authz: every operation has a row)                              R7 5xx is always a failure
        R8 (--csrf) an unsafe method with a foreign Origin and no token is refused      R9 (--crawl) no user meets a foreign canary
        R10 a child of another parent is denied to everyone   R11 (--crawl) no link leads its reader to a 403 or 404, but a locked step
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import re
import uuid
from functools import partial
from pathlib import Path
from typing import Any, Iterator

import httpx

from tests.tools.attacks import Attacks
from tests.tools.client import SAFE, Config, Visitor, fill, saved


class Matrix(Attacks):
    def __init__(self, cfg: Config, args: argparse.Namespace) -> None:
        self.cfg, self.args = cfg, args
        self.objects: dict[str, dict[str, Config]] = cfg.get("objects", {})
        self.visitors: dict[str, Visitor] = {}
        self.vars: dict[str, str] = {}
        self.ids: dict[tuple[str, str], str] = {}
        self.canaries = [
            o["canary"] for d in self.objects.values() for o in d.values() if o.get("canary")
        ]
        self.may_see: dict[str, list[str]] = {
            **cfg.get("crawl", {}).get("may_see", {}),
            **cfg.get("may_see", {}),
        }
        self.fails: set[tuple[str, ...]] = set()
        self.cells: list[dict[str, Any]] = []
        self.requests = 0
        self.tricksters = getattr(args, "tricksters", None) or list(cfg["users"])
        self.sampled: set[tuple[str, str]] = set()

    def fail(self, *what: Any) -> None:
        self.fails.add(tuple(map(str, what)))

    async def step(self, spec: Config, names: dict[str, Any]) -> dict[str, str]:
        v = self.visitors[spec["as"]]
        r = await v.send(spec, {**self.vars, **names, "uuid": uuid.uuid4().hex})
        if not v.allowed(r):
            raise SystemExit(
                f"{spec['method']} {spec['url']} as {spec['as']}: {r.status_code} {r.headers.get('location', '')} {r.text[:200]}"
            )
        got = saved(spec, r)
        if wait := spec.get("until"):
            await self.until(v, fill(wait["url"], {**self.vars, **names, **got}), wait["text"])
        return got

    async def until(self, v: Visitor, url: str, text: str) -> None:
        for _ in range(100):
            if text in (await v.request("GET", url)).text:
                return
            await asyncio.sleep(0.1)
        raise SystemExit(f"{url} does not come to show {text!r}")

    async def make(self, kind: str, key: str) -> str:
        obj = self.objects[kind][key]
        if obj.get("make"):
            got = await self.step(
                obj["make"],
                {p: self.ids[p, k] for p, k in obj.get("of", {}).items() if (p, k) in self.ids},
            )
            return next(iter(got.values()))
        given = str(obj["id"])
        return self.vars[given[1:]] if given.startswith("$") else fill(given, self.vars)

    async def prepare(self) -> None:
        for user, cred in self.cfg["users"].items():
            self.visitors[user] = v = Visitor(self.cfg)
            if cred:
                await v.login(cred)
            elif v.csrf:
                await v.fetch_token(v._pages())
        for spec in self.cfg.get("setup", []):
            self.vars |= await self.step(spec, {})
        for kind, objs in self.objects.items():  # parents are written before their children
            for key in objs:
                self.ids[kind, key] = await self.make(kind, key)

    def placeholders(self, row: Config) -> list[tuple[str, str]]:
        """(name, kind) in order: path first, then bodies and headers."""
        text = row["path"] + json.dumps([row.get(k) for k in ("form", "json", "body", "headers")])
        out: dict[str, str] = {}
        for name, kind in re.findall(r"\{(\w+)(?::(\w+))?\}", text):
            kind = kind if kind in self.objects else name
            if kind in self.objects:
                out.setdefault(name, kind)
            elif name in re.findall(r"\{(\w+)", row["path"]) and name not in self.vars:
                raise SystemExit(f"{row['path']}: {{{name}}} is no kind of object")
        return list(out.items())

    def combos(self, row: Config) -> Iterator[tuple[dict[str, str], list[str], bool]]:
        """({name: object key}, users allowed, does every child belong to its parent)"""
        places = self.placeholders(row)
        allow = row["allow"]
        known = (
            {k for k in allow for k in k.split("/")}
            - {"*"}
            - {k for _, kind in places for k in self.objects[kind]}
        )
        if known:
            raise SystemExit(
                f"{row['method']} {row['path']}: allow names unknown objects {sorted(known)}"
            )
        for keys in itertools.product(*(self.objects[kind] for _, kind in places)):
            chosen = dict(zip((name for name, _ in places), keys))
            fits = all(
                chosen.get(parent, key) == key
                for name, kind in places
                for parent, key in self.objects[kind][chosen[name]].get("of", {}).items()
            )
            who: list[str] = next(
                (allow[k] for k in ("/".join(keys), *keys[-1:], "*") if k in allow), []
            )
            yield chosen, who if fits else [], fits

    async def go(
        self,
        user: str,
        method: str,
        path: str,
        row: Config | None = None,
        names: dict[str, Any] = {},
        **kw: Any,
    ) -> httpx.Response | None:
        self.requests += 1
        row = row or {}
        names = {**self.vars, "uuid": uuid.uuid4().hex, **names}
        kw.setdefault("headers", fill(row.get("headers"), names))
        if "content" not in kw:
            kw |= {
                "json": fill(row.get("json", row.get("body")), names),
                "form": fill(row.get("form"), names),
                "content": row.get("content"),
                "files": row.get("files"),
            }
        try:
            r = await self.visitors[user].request(method, path, **kw)
        except httpx.HTTPError as e:
            self.fail("R7", user, method, path, type(e).__name__)
            return None
        if r.status_code >= 500:
            self.fail("R7", user, method, path, r.status_code)
        return r

    def leaks(self, user: str, r: httpx.Response) -> list[str]:
        text = r.text + r.headers.get("location", "")
        return [c for c in self.canaries if c in text and user not in self.may_see.get(c, ())]

    async def row(self, row: Config) -> None:
        method, places = row["method"], self.placeholders(row)
        last = places[-1] if places else None
        for chosen, who, fits in self.combos(row):
            names: dict[str, Any] = {name: self.ids[kind, chosen[name]] for name, kind in places}

            fresh = partial(self.fresh, names, last and (*last, chosen[last[0]]), row)
            # those who may not come first, while the objects are whole
            for user in sorted(self.cfg["users"], key=lambda u: u in who):
                v, ok = self.visitors[user], user in who
                now = await fresh() if ok else names
                path = fill(row["path"], now)
                r = await self.go(user, method, path, row, now)
                if r is None:
                    continue
                label = "/".join(chosen.values()) or "*"
                got = f"{r.status_code} {r.headers.get('location', '')}".strip()
                expect = "allow" if ok else "deny"
                self.cells.append(
                    dict(method=method, path=row["path"], object=label, user=user,
                         status=r.status_code, expect=expect)
                )  # fmt: skip
                if ok:
                    if r.status_code not in row["ok"] if "ok" in row else not v.allowed(r):
                        self.fail("R1", user, method, path, got)
                    elif self.args.csrf and method not in SAFE and self.cfg["users"][user]:
                        await self.cross_site(user, row, fresh)
                    continue
                if not fits and r.status_code == 422:
                    continue  # a body that names a thing of another parent is refused as invalid
                if not v.denied(r):
                    self.fail("R2" if fits else "R10", user, method, path, got)
                elif fits:
                    await self.missing(user, row, now, places, r, label)
                await self.refused(user, method, path, r, row)

    async def fresh(
        self, names: dict[str, Any], last: tuple[str, str, str] | None, row: Config
    ) -> dict[str, Any]:
        """Return the names with a new last object, where a row would spoil it for the next."""
        if last and row["method"] not in SAFE and self.objects[last[1]][last[2]].get("make"):
            names = {**names, last[0]: await self.make(last[1], last[2])}
        return names | (await self.step(row["before"], names) if "before" in row else {})

    async def refused(
        self, user: str, method: str, path: str, r: httpx.Response, row: Config
    ) -> None:
        """Look for leaks; twist the address: always as a trickster, as others once a row."""
        for c in self.leaks(user, r):
            self.fail("R3", user, method, path, c)
        if method != "GET" or self.args.no_variants:
            return
        if user in self.tricksters or (user, row["path"]) not in self.sampled:
            self.sampled.add((user, row["path"]))
            await self.tricks(user, path)

    async def missing(
        self,
        user: str,
        row: Config,
        names: dict[str, Any],
        places: list[tuple[str, str]],
        r: httpx.Response,
        chosen: str,
    ) -> None:
        seen_by = row.get("seen_by", {})
        seen = seen_by.get(chosen, seen_by.get(chosen.rpartition("/")[2], ()))
        if r.status_code == 403 and user in seen:
            return  # who may look at a thing is told that they may not change it
        for name, kind in places:
            q = await self.go(
                user,
                row["method"],
                fill(
                    row["path"],
                    n := {**names, name: self.cfg.get("missing", {}).get(kind, "987654321")},
                ),
                row,
                n,
            )
            if q is not None and (
                q.status_code != r.status_code or abs(len(q.text) - len(r.text)) > 40
            ):
                self.fail(
                    "R4",
                    user,
                    row["method"],
                    fill(row["path"], names),
                    f"{r.status_code}/{len(r.text)} but missing {name} gives {q.status_code}/{len(q.text)}",
                )

    async def run(self) -> int:
        await self.prepare()
        if self.args.crawl and self.cfg.get("crawl"):  # while nobody has signed out
            for user in self.cfg["users"]:
                await self.crawl(user)
        for row in self.cfg["policy"]:
            await self.row(row)
        for v in self.visitors.values():
            await v.close()
        for f in sorted(self.fails):
            print("FAIL", *f)
        print(
            f"{self.requests} requests, {len(self.cells)} matrix cells, {len(self.fails)} failures"
        )
        if self.args.report:
            Path(self.args.report).write_text(
                json.dumps({"cells": self.cells, "fails": sorted(self.fails)}, indent=1)
            )
        return int(bool(self.fails))
