"""Signed addresses of files on the content host, which need no session.

/f/<sha256>/<token>/<name>: the token says organization, week, disposition and type, and is the
same all week, so that browsers keep what they have loaded. A token holds this week and the next.
"""

import hashlib
import hmac
import re
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.crypto import salted_hmac

from schola.kernel.files.store import path_of
from schola.kernel.guard import public
from schola.kernel.hosts import site_of
from schola.kernel.models import File

WEEK_SECONDS = 7 * 24 * 3600
CHUNK_BYTES = 1 << 17
OPEN_BYTES = 1 << 20  # of a range without an end: players ask on, and hold no thread meanwhile
SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/", "video/",
         "application/pdf", "text/vtt")  # fmt: skip
POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; sandbox"


class Claim(NamedTuple):
    """What a token says."""

    organization_id: int
    week: int
    shown: bool
    media_type: str


def file_url(file: File, *, download: bool = False) -> str:
    """Return an address at which whoever has it can read the file for one to two weeks.

    Ask first whether they may. Pictures, sound, films, captions and PDF are shown, unless for
    download; all else is only ever downloaded.
    """
    shown = not download and file.media_type.startswith(SHOWN)
    claim = Claim(file.organization_id, _week(file.sha256), shown, file.media_type)
    path = f"/f/{file.sha256}/{_token(file.sha256, claim)}/{quote(file.name, safe='')}"
    return settings.CONTENT_URL + path


@public("the address itself is signed")
def serve_file(request: HttpRequest, sha256: str, token: str, name: str) -> HttpResponseBase:
    """Answer with the bytes, or with the range of them that was asked for."""
    claim = _read(sha256, token)
    path = path_of(sha256)
    if claim is None or request.method not in ("GET", "HEAD") or not path.is_file():
        raise Http404
    response = send_path(request, path, sha256, download=not claim.shown)
    if response.status_code in (200, 206):
        _describe(response, claim, name)
    return response


def send_path(
    request: HttpRequest, path: Path, digest: str, *, download: bool = False
) -> HttpResponseBase:
    """Answer with the bytes of a file, the range of them that was asked for, or "not modified".

    digest    stands for the content: another one is another file
    download  a range without an end gets all the rest; a player asks on by itself
    The caller says what they are: Content-Type and the rest.
    """
    tag, size = f'"{digest}"', path.stat().st_size
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    span = _range(request, size, tag, size if download else OPEN_BYTES)
    if span is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, stop = span
    response = _body(request, path, start, stop)
    response["ETag"], response["Accept-Ranges"] = tag, "bytes"
    response["Content-Length"] = str(stop - start)
    if stop - start < size:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return response


def read_by_site_of(organization_id: int) -> dict[str, str]:
    """Return the headers by which pages of the organization, and no others, may read an answer.

    A host of its own is another site than the content host: there same-site would refuse even
    the pictures. Whose the answer is stands in its address, so it does not vary by who asks.
    """
    site = site_of(organization_id)
    policy = "same-site" if site == settings.SITE_URL else "cross-origin"
    return {"Access-Control-Allow-Origin": site, "Cross-Origin-Resource-Policy": policy}


def _describe(response: HttpResponseBase, claim: Claim, name: str) -> None:
    how = "inline" if claim.shown else "attachment"
    safe = name.replace("\r", "").replace("\n", "")
    headers = {
        "Content-Type": claim.media_type if claim.shown else "application/octet-stream",
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(safe, safe='')}",
        "Cache-Control": f"private, max-age={WEEK_SECONDS}, immutable",
        "X-Content-Type-Options": "nosniff",
        **read_by_site_of(claim.organization_id),
    }
    if claim.media_type != "application/pdf":  # a sandbox would stop the browser's own PDF reader
        headers["Content-Security-Policy"] = POLICY
    else:
        site = headers["Access-Control-Allow-Origin"]
        headers["Content-Security-Policy"] = f"frame-ancestors 'self' {site}"
    for key, value in headers.items():
        response[key] = value


def _body(request: HttpRequest, path: Path, start: int, stop: int) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse()
    return StreamingHttpResponse(_pieces(path, start, stop))


def _pieces(path: Path, start: int, stop: int) -> Iterator[bytes]:
    with path.open("rb") as stream:
        stream.seek(start)
        left = stop - start
        while left > 0 and (piece := stream.read(min(CHUNK_BYTES, left))):
            left -= len(piece)
            yield piece


def _range(request: HttpRequest, size: int, tag: str, most: int) -> tuple[int, int] | None:
    """Return [start, stop) of what is asked for, None if there is no such part.

    All of it without a range, with several, or with one that is not understood. Source: RFC 9110.

    most  bytes of a range without an end
    """
    asked = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("Range", "").strip()[:60])
    if not asked or asked[0] == "bytes=-" or request.headers.get("If-Range", tag) != tag:
        return 0, size
    first, last = asked.groups()
    if not first:
        start, stop = max(0, size - int(last)), size
    else:
        start = int(first)
        stop = min(size, int(last) + 1 if last else start + most)
    return (start, stop) if start < stop else None


def _week(sha256: str) -> int:
    """Return the number of the week; it begins at another moment for each file."""
    return (int(time.time()) + int(sha256[:8], 16) % WEEK_SECONDS) // WEEK_SECONDS


def _token(sha256: str, claim: Claim) -> str:
    kind = claim.media_type.replace("/", "~")
    words = f"{claim.organization_id}_{claim.week}_{'i' if claim.shown else 'd'}_{kind}"
    return f"{words}_{_seal(sha256, words)}"


def _seal(sha256: str, words: str) -> str:
    mac = salted_hmac("schola.files", f"{sha256}/{words}", algorithm=hashlib.sha256().name)
    return urlsafe_b64encode(mac.digest()[:18]).decode().replace("_", ".")


def _read(sha256: str, token: str) -> Claim | None:
    words, _, seal = token.rpartition("_")
    if not hmac.compare_digest(seal.encode(), _seal(sha256, words).encode()):
        return None
    organization_id, week, how, kind = words.split("_", 3)
    if _week(sha256) - int(week) not in (0, 1):
        return None
    return Claim(int(organization_id), int(week), how == "i", kind.replace("~", "/"))
