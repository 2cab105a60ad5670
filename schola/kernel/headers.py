"""What every answer says to the browser, and the one line that the log says of it."""

import logging
import re
import secrets
import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from schola.kernel.assets import import_map_hash

log = logging.getLogger("schola.requests")
SAFE = ("GET", "HEAD", "OPTIONS")
SECRET = re.compile(r"^/(p|f|h|live|welcome|unsubscribe)/.+")


def base_policy() -> dict[str, str]:
    """Return the content security policy of an ordinary page. No page may run inline script."""
    return {
        "default-src": "'none'",
        "script-src": f"'self' {import_map_hash()}",
        "style-src": "'self'",
        "img-src": f"'self' data: {settings.CONTENT_URL}",
        "font-src": "'self'",
        "connect-src": "'self'",
        "media-src": f"'self' {settings.CONTENT_URL}",
        "frame-src": f"'self' {settings.CONTENT_URL}",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'self'",
        "object-src": "'none'",
    }


def let_in(response: HttpResponse, **sources: str) -> HttpResponse:
    """Widen the policy of one answer: let_in(response, style_src="'sha256-…'"). May be repeated.

    For what a page cannot do without, such as the one style of the editor or the blobs of HLS.
    Never a word with "unsafe".
    """
    if any("unsafe" in words for words in sources.values()):
        raise ValueError("No page may run what is written into it: take a hash.")
    held = response.__dict__.setdefault("sources", {})
    for name, words in sources.items():
        directive = name.replace("_", "-")
        held[directive] = f"{held[directive]} {words}" if directive in held else words
    return response


def lets_in(**sources: str) -> Callable:
    """Decorator: widen the policy of all answers of a view. See `let_in`."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def widened(*args: Any, **kwargs: Any) -> HttpResponse:
            return let_in(view(*args, **kwargs), **sources)

        return widened

    return decorate


class Headers:
    """Middleware: security headers, a request id, one line of log, and no writes from elsewhere."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request.id = secrets.token_hex(8)
        if foreign(request):
            response = HttpResponse(_("This came from another site."), status=403)
        else:
            response = self.get_response(request)
        self._stamp(request, response)
        milliseconds = (time.perf_counter() - started) * 1000
        log.info(
            "%s %s %s %.1fms %s", request.method, told(request.path), response.status_code,
            milliseconds, request.id,
        )  # fmt: skip
        return response

    def _stamp(self, request: HttpRequest, response: HttpResponse) -> None:
        headers = response.headers
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("X-Request-Id", request.id)
        if "Content-Security-Policy" not in headers:
            policy = base_policy() | getattr(response, "policy", {})
            for name, sources in getattr(response, "sources", {}).items():
                policy[name] = f"{policy[name]} {sources}" if name in policy else sources
            text = "; ".join(f"{name} {value}" for name, value in policy.items())
            headers["Content-Security-Policy"] = text
        headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        if settings.SECURE:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if response.get("Content-Type", "").startswith("text/html"):
            headers.setdefault("Cache-Control", "private, no-store")


def told(path: str) -> str:
    """Return the path as the log may know it: without the secrets that some addresses carry."""
    return SECRET.sub(r"/\1/…", path)


def foreign(request: HttpRequest) -> bool:
    """Tell whether the request would write and was sent by a page of another site."""
    if request.method in SAFE:
        return False
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()
