"""What is tried on an address besides asking for it: tricks, requests from other sites, links."""

from __future__ import annotations

import argparse
import html
import json
import re
from typing import Any, Iterator
from urllib.parse import urlencode, urljoin, urlsplit


from tests.tools.client import REDIRECT, Config, Visitor, fill

FOREIGN = {
    "Origin": "http://evil.example",
    "Referer": "http://evil.example/",
    "Sec-Fetch-Site": "cross-site",
}
LINK = re.compile(r"""<a\b[^>]*?\bhref=["']([^"'#]+)""")  # what a reader is offered to follow
CLOSED = (403, 404)
LOCKED = "This step opens when its conditions are met."  # and says what they are
HEADER_TRICKS = [
    {"X-HTTP-Method-Override": "GET"},
    {"X-Forwarded-For": "127.0.0.1"},
    {"X-Forwarded-User": "admin"},
    {"Remote-User": "admin"},
    {"X-User-Id": "1"},
]


def variants(path: str) -> Iterator[tuple[str, dict[str, str]]]:
    for p in (
        path + "/",
        path + "//",
        "/" + path,
        path + ".json",
        path + ";x=1",
        path + "?_method=GET&format=json",
        "/." + path,
        path + "%2f",
        path + "%00",
        "/public/.." + path,
        "/%2e%2e" + path,
        "/%2f" + path.lstrip("/"),
        path.replace("/", "//"),
    ):
        yield p, {}
    if "/api/" in path:
        yield path.replace("/api/", "/API/"), {}
    for h in [{"X-Original-URL": path}, {"X-Rewrite-URL": path}, *HEADER_TRICKS]:
        yield path, h


class Attacks:
    """The part of a matrix that does what no link or form of ours does."""

    cfg: Config
    args: argparse.Namespace
    visitors: dict[str, Visitor]
    may_see: dict[str, list[str]]

    async def tricks(self, user: str, path: str) -> None:
        for p, h in variants(path):
            q = await self.go(user, "GET", p, headers=h, raw=True)
            if q is not None and self.leaks(user, q):
                self.fail("R5", user, "GET", p + (str(h) if h else ""), "canary")
        q = await self.go(user, "HEAD", path)
        if q is not None and q.status_code < 300:
            self.fail("R5", user, "HEAD", path, q.status_code)

    async def cross_site(self, user: str, row: Config, fresh: Any) -> None:
        """The same request as a foreign page could send it: cookies, no token; as written, as text/plain and as a form without Origin."""
        v, json_body, form = self.visitors[user], row.get("json", row.get("body")), row.get("form")
        for kind in ("as is", "text/plain", "no origin")[: 2 if row.get("signed") else 3]:
            names = await fresh()
            kw: dict[str, Any] = {
                "headers": {
                    **fill(row.get("headers") or {}, names),
                    **(FOREIGN if kind != "no origin" else {}),
                },
                "token": False,
            }
            if kind == "text/plain":
                body = fill(form if form is not None else json_body or {}, names)
                kw["content"] = (urlencode(body) if form is not None else json.dumps(body)).encode()
                kw["headers"]["Content-Type"] = "text/plain"
            q = await self.go(user, row["method"], fill(row["path"], names), row, names, **kw)
            if q is not None and v.allowed(q) and q.status_code in row.get("ok", [q.status_code]):
                self.fail(
                    "R8", user, row["method"], fill(row["path"], names), f"{q.status_code} ({kind})"
                )

    async def crawl(self, user: str) -> None:
        seen: set[str] = set()
        led: dict[str, str] = {}  # where a link leads: the first page that has it
        todo = list(self.cfg["crawl"]["start"])
        while todo and len(seen) < self.cfg["crawl"].get("max", 300):
            p = todo.pop(0)
            if p in seen or re.search(r"log-?out|sign-?out|delete|^/live/", p):
                continue
            seen.add(p)
            r = await self.go(user, "GET", p)
            if r is None:
                continue
            for c, who in self.may_see.items():
                if user not in who and c in r.text:
                    self.fail("R9", user, "GET", p, c)
            if p in led and r.status_code in CLOSED and LOCKED not in r.text:
                self.fail("R11", user, "GET", p, r.status_code, "by a link of", led[p])
            kind = r.headers.get("content-type", "")
            page = r.text if kind.startswith(("text/", "application/json")) else ""
            links = [
                a or b
                for a, b in re.findall(
                    r"""(?:href|src|action|hx-get)=["']([^"'#]+)|"(/[^"\s]{1,200})\"""", page
                )
            ]
            for link in LINK.findall(page):
                led.setdefault(self.inside(p, link), p)
            for link in links + ([r.headers["location"]] if r.status_code in REDIRECT else []):
                if inside := self.inside(p, link):
                    todo.append(inside)

    def inside(self, page: str, link: str) -> str:
        """Return the path to which a link of a page leads, "" if it leaves the site."""
        base = self.cfg["base"]
        q = urlsplit(urljoin(base + page, html.unescape(link)))
        if q.netloc != urlsplit(base).netloc:
            return ""
        return q.path + ("?" + q.query if q.query else "")
