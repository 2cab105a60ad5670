#!/usr/bin/env python3
"""One visitor of a web product: cookies, sign-in by form or JSON, CSRF. The other tools in this folder import it.

    python client.py CONFIG.json URL user=s1 password=pw       sign in, GET the URL, print status and headers (to try a config)

Config keys read here (all tools share them; only "base" is needed):
{"base": "http://127.0.0.1:8000",
 "headers": {"Accept-Language": "en"},                  sent with every request
 "verify": false,                                       https with a certificate of your own
 "login_url": "/accounts/login",                        path, URL or list; default: any path that starts with /signin or /login
 "csrf": {"page": "/accounts/login",                    page (or list of pages) that sets the cookie or holds the hidden input
          "cookie": "csrftoken", "field": "csrfmiddlewaretoken", "header": "X-CSRFToken"},        these three are the defaults
 "login": {"method": "POST", "url": "/accounts/login", "form": {"username": "{user}", "password": "{password}"},
           "page": "/accounts/login",                   fetched before this step for its token; default: csrf.page
           "follow": true,                              follow the redirects of a good sign-in (default)
           "check": "/account"}}                        optional: a page that must then answer 2xx
"login" may be a list of such steps (first the name, then the password). Instead of "form" a step may have "json".
A step of "setup", "begin", "make": {"method", "url", "form" or "json", "headers", "save": {"a": "id"}}; "save" takes a JSON key (or path
"data.id"), {"location": "/attempts/(\\d+)"} or {"text": "regex with one group"}. "{name}" is filled in everywhere; "{name:int}" gives a number.

Like a browser, it sends Secure and __Host- cookies over http to loopback hosts, and takes localhost and *.localhost to 127.0.0.1 with the
Host header unchanged. With "csrf" an unsafe request carries the token (header, and hidden field in forms), Origin and Referer.
SameSite is not modelled: cookies always go along, so a CSRF check here needs the token or Origin to be what protects.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json as jsonlib
import re
import sys
from http.cookiejar import CookieJar, DefaultCookiePolicy
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Mapping
from urllib.parse import urljoin, urlsplit

import httpx

Config = dict[str, Any]
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
REDIRECT = {301, 302, 303, 307, 308}
DENIED = {401, 403, 404, 405, 410}


class LoginFailed(RuntimeError):
    pass


def load_config(path: str) -> Config:
    return jsonlib.loads(Path(path).read_text(encoding="utf-8"))


def fill(value: Any, names: Mapping[str, Any]) -> Any:
    """{name} becomes text, "{name:int}" alone a number; unknown names and other braces stay as they are."""
    if isinstance(value, dict):
        return {k: fill(v, names) for k, v in value.items()}
    if isinstance(value, list):
        return [fill(v, names) for v in value]
    if not isinstance(value, str):
        return value
    whole = re.fullmatch(r"\{(\w+):int\}", value)
    if whole and whole[1] in names:
        return int(names[whole[1]])
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda m: str(names.get(m[1], m[0])), value)


def dig(data: Any, path: str) -> Any:
    """dig({"a": [{"b": 1}]}, "a.0.b") == 1"""
    for part in path.split("."):
        data = data[int(part)] if isinstance(data, list) else data[part]
    return data


def saved(spec: Mapping[str, Any], response: httpx.Response) -> dict[str, str]:
    """The values that a step's "save" takes out of its response."""
    want = spec.get("save") or {}
    out: dict[str, str] = {}
    for name, where in ({want: want} if isinstance(want, str) else want).items():
        if isinstance(where, str):
            out[name] = str(dig(response.json(), where))
            continue
        kind, pattern = next(iter(where.items()))
        text = response.headers.get("location", "") if kind == "location" else response.text
        found = re.search(pattern, text)
        if not found:
            raise RuntimeError(
                f"{name}: {pattern!r} not in the {kind} of {response.request.method} {response.request.url} ({response.status_code})"
            )
        out[name] = found[1]
    return out


class _Inputs(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.password = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = dict(attrs)
        if tag in ("input", "meta") and a.get("name"):
            self.values.setdefault(a["name"] or "", a.get("value") or a.get("content") or "")
            self.password |= tag == "input" and a.get("type") == "password"


def is_loopback(host: str) -> bool:
    host = host.strip("[]").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def connect_host(host: str) -> str:
    """Where to connect for this host name: *.localhost is this machine, whatever the resolver knows."""
    return "127.0.0.1" if host == "localhost" or host.endswith(".localhost") else host


class _LoopbackPolicy(DefaultCookiePolicy):
    def return_ok_secure(self, cookie: Any, request: Any) -> bool:
        return is_loopback(
            urlsplit(request.get_full_url()).hostname or ""
        ) or super().return_ok_secure(cookie, request)


class LoopbackTransport(httpx.AsyncBaseTransport):
    """Holds the cookies itself, because httpx copies its jar without the policy and so loses Secure cookies on http."""

    def __init__(self, verify: bool = True) -> None:
        self.cookies = httpx.Cookies(CookieJar(_LoopbackPolicy()))
        self._inner = httpx.AsyncHTTPTransport(
            verify=verify, limits=httpx.Limits(max_connections=100)
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.cookies.set_cookie_header(request)
        host, out = request.url.host, request
        if connect_host(host) != host:
            out = httpx.Request(
                request.method,
                request.url.copy_with(host=connect_host(host)),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
        response = await self._inner.handle_async_request(out)
        response.request = request
        self.cookies.extract_cookies(response)
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()


class Visitor:
    def __init__(self, cfg: Config, timeout: float = 30) -> None:
        self.cfg, self.base = cfg, cfg["base"].rstrip("/")
        login = cfg.get("login") or []
        self.steps: list[Config] = login if isinstance(login, list) else [login]
        self.csrf: Config | None = cfg.get("csrf") or next(
            (s["csrf"] for s in self.steps if s.get("csrf")), None
        )
        self._hidden = ""
        self.transport = LoopbackTransport(cfg.get("verify", True))
        none = CookieJar(DefaultCookiePolicy(allowed_domains=[]))  # the transport keeps the cookies
        self.http = httpx.AsyncClient(
            transport=self.transport, cookies=none, timeout=timeout, headers=cfg.get("headers")
        )

    async def close(self) -> None:
        await self.http.aclose()

    # --- judging an answer -------------------------------------------------------------------------------------------
    def to_sign_in(self, r: httpx.Response) -> bool:
        """A redirect to the sign-in page of this product (and to nothing else)."""
        if r.status_code not in REDIRECT:
            return False
        target = urlsplit(urljoin(str(r.request.url), r.headers.get("location", "")))
        want = self.cfg.get("login_url")
        if want is None:
            return target.netloc == urlsplit(self.base).netloc and target.path.startswith(
                ("/signin", "/login")
            )
        for one in [want] if isinstance(want, str) else want:
            full = urlsplit(urljoin(self.base + "/", one))
            if (target.netloc, target.path.rstrip("/")) == (full.netloc, full.path.rstrip("/")):
                return True
        return False

    def denied(self, r: httpx.Response) -> bool:
        return r.status_code in DENIED or self.to_sign_in(r)

    def allowed(self, r: httpx.Response) -> bool:
        return r.status_code < 400 and not self.to_sign_in(r)

    def signed_out(self, r: httpx.Response) -> bool:
        return r.status_code == 401 or self.to_sign_in(r)

    # --- requests ----------------------------------------------------------------------------------------------------
    def token(self) -> str:
        """The CSRF cookie as it is now (it changes at sign-in), else the hidden input last seen."""
        if not self.csrf:
            return ""
        name, host = self.csrf.get("cookie", "csrftoken"), urlsplit(self.base).hostname or ""
        for c in self.transport.cookies.jar:
            if c.name in (name, "__Host-" + name, "__Secure-" + name) and c.domain.lstrip(".") in (
                host,
                host + ".local",
            ):
                return c.value or ""
        return self._hidden

    def build(
        self,
        method: str,
        url: str,
        *,
        json: Any = None,
        form: Any = None,
        content: bytes | None = None,
        files: Any = None,
        headers: Mapping[str, str] | None = None,
        token: bool = True,
        raw: bool = False,
    ) -> httpx.Request:
        """token=False: without anything that proves our own page sent it. raw=True: the path goes out as written (dot segments stay)."""
        full = url if url.startswith(("http://", "https://")) else self.base + url
        out: dict[str, str] = {}
        if self.csrf and token and method.upper() not in SAFE:
            out = self._proof(full)
            if form is not None:
                form = {self.csrf.get("field", "csrfmiddlewaretoken"): self.token(), **form}
        request = self.http.build_request(
            method,
            full,
            json=json,
            data=form,
            content=content,
            files=files,
            headers={**out, **(headers or {})},
            extensions={
                "timeout": self.http.timeout.as_dict(),
                **({"target": url.encode()} if raw else {}),
            },
        )
        if form == {} and not files:  # httpx sends no type with an empty form
            request.headers["Content-Type"] = "application/x-www-form-urlencoded"
        return request

    def _proof(self, full: str) -> dict[str, str]:
        """Return the headers that prove that our own page sent a request."""
        own = "{0.scheme}://{0.netloc}".format(urlsplit(full))
        return {
            "Origin": own,
            "Referer": urljoin(own, self._pages()[0]),
            self.csrf.get("header", "X-CSRFToken"): self.token(),
        }

    async def request(self, method: str, url: str, **kw: Any) -> httpx.Response:
        return await self.http.send(self.build(method, url, **kw))

    async def send(
        self, spec: Mapping[str, Any], names: Mapping[str, Any] = {}, **kw: Any
    ) -> httpx.Response:
        """A request as the config describes it: method, url, json or form, headers."""
        form = spec.get("form", spec.get("data"))
        return await self.request(
            spec.get("method", "GET"),
            fill(spec["url"], names),
            json=fill(spec.get("json"), names),
            form=fill(form, names),
            files=spec.get("files"),
            headers=fill(spec.get("headers"), names),
            **kw,
        )

    async def follow(self, r: httpx.Response, most: int = 8) -> httpx.Response:
        while r.status_code in REDIRECT and most:
            r, most = (
                await self.request("GET", urljoin(str(r.request.url), r.headers["location"])),
                most - 1,
            )
        return r

    # --- CSRF and sign-in --------------------------------------------------------------------------------------------
    def _pages(self) -> list[str]:
        pages = (
            (self.csrf or {}).get("page")
            or [s.get("page") or s["url"] for s in self.steps[:1]]
            or ["/"]
        )
        return [pages] if isinstance(pages, str) else pages

    async def fetch_token(self, pages: list[str]) -> None:
        if not self.csrf:
            return
        for page in pages:
            r = await self.follow(await self.request("GET", page))
            self._hidden = (
                _Inputs(r.text).values.get(self.csrf.get("field", "csrfmiddlewaretoken"))
                or self._hidden
            )
            if self.token():
                return
        raise LoginFailed(f"no CSRF token (cookie or hidden input) on {pages}")

    async def login(self, names: Mapping[str, Any]) -> httpx.Response:
        if not self.steps:
            raise LoginFailed("the config has no login")
        for i, step in enumerate(self.steps):
            await self.fetch_token([step["page"]] if step.get("page") else self._pages())
            r = await self.send(step, names)
            if step.get("follow", True):
                r = await self.follow(r) if self.allowed(r) else r
            # a form that is shown again answers 200: a password field after the last step means it was refused
            again = (
                i == len(self.steps) - 1
                and r.status_code == 200
                and "html" in r.headers.get("content-type", "")
                and _Inputs(r.text).password
            )
            if not self.allowed(r) or again:
                raise LoginFailed(
                    f"{names.get('user', names)}: {r.status_code} from {r.request.url}"
                    + (" (the form came back)" if again else "")
                )
        check = self.steps[-1].get("check")
        if check and not (seen := await self.request("GET", fill(check, names))).is_success:
            raise LoginFailed(
                f"{names.get('user', names)}: {check} answers {seen.status_code} after sign-in"
            )
        if (
            self.csrf and self.token() == self._hidden
        ):  # no cookie: the hidden token may have changed
            await self.fetch_token(self._pages())
        return r


async def _try(argv: list[str]) -> None:
    v = Visitor(load_config(argv[0]))
    names = dict(a.split("=", 1) for a in argv[2:])
    if names:
        await v.login(names)
    r = await v.request("GET", argv[1])
    print(r.status_code, *(f"{k}: {x}" for k, x in r.headers.items()), "", r.text[:500], sep="\n")
    await v.close()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    asyncio.run(_try(sys.argv[1:]))
