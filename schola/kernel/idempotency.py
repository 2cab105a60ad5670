"""A request that comes twice is done once and answered twice the same (D8).

The doors of kernel.guard apply it to every view. The sender names the request by the header
Idempotency-Key or the hidden field `_key`. Without a key nothing changes. The work, and what was
answered, are committed together; a repetition that comes meanwhile waits for it.
"""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from schola.kernel import clock
from schola.kernel.models import StoredAnswer
from schola.kernel.tenants import everywhere

KEPT = timedelta(hours=72)
KEY = re.compile(r"[\w.:-]{8,64}", re.ASCII)
MOST_BODY_BYTES = 32_768
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
UNCOUNTED = ("csrfmiddlewaretoken", "_key")  # what differs although the request is the same
TOO_LARGE = "too large to keep"


class _Undo(Exception):
    """Carries an answer out of a transaction that is rolled back."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def idempotent(view: Callable) -> Callable:
    """Let a view be asked twice under one key. An answer of 400 or more keeps nothing."""

    @wraps(view)
    def once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return view(request, *args, **kwargs)
        key = request.headers.get("Idempotency-Key") or request.POST.get("_key", "")
        if not key:
            return view(request, *args, **kwargs)
        if not KEY.fullmatch(key):
            return _text(_("An idempotency key has 8 to 64 letters, digits and .:_-"), 422)
        try:
            return _once(request, key, lambda: view(request, *args, **kwargs))
        except _Undo as undo:
            return undo.response

    return once


@everywhere()
def forget_answers() -> int:
    """Delete answers older than three days, 500 at a time; return how many."""
    old = StoredAnswer.objects.across().filter(at__lt=clock.now() - KEPT)
    gone = 0
    while keys := list(old.values_list("pk", flat=True)[:500]):
        gone += old.filter(pk__in=keys).delete()[0]
    return gone


@transaction.atomic
def _once(request: HttpRequest, key: str, work: Callable[[], HttpResponse]) -> HttpResponse:
    """Claim the key, work, keep the answer. The claim of another makes us wait for its end."""
    body_hash = _hash(request)
    person = getattr(request, "person", None)
    mine = {"person_id": person.pk if person else 0, "route": request.path[:200], "key": key}
    claim = StoredAnswer(**mine, body_hash=body_hash, at=clock.now())
    StoredAnswer.objects.bulk_create([claim], ignore_conflicts=True)
    row = StoredAnswer.objects.select_for_update().get(**mine)
    if row.status:
        return _again(row, body_hash)
    response = work()
    if response.status_code >= 400:
        raise _Undo(response)
    _keep(row, response)
    return response


def _keep(row: StoredAnswer, response: HttpResponse) -> None:
    row.status = response.status_code
    row.location = response.get("Location", "")
    row.content_type = response.get("Content-Type", "")[:100]
    small = not response.streaming and len(response.content) <= MOST_BODY_BYTES
    try:
        row.body = response.content.decode() if small else ""
    except UnicodeDecodeError:
        small = False
    if not small:
        row.content_type, row.body = TOO_LARGE, ""
    row.save(update_fields=["status", "location", "content_type", "body"])


def _again(row: StoredAnswer, body_hash: str) -> HttpResponse:
    if row.body_hash != body_hash:
        return _text(_("This was sent before with other content. Reload the page."), 422)
    if row.content_type == TOO_LARGE:
        return _text(_("This is done already. Reload the page to see it."), 409)
    headers = {"Location": row.location} if row.location else {}
    response = HttpResponse(row.body, status=row.status, headers=headers)
    response["Content-Type"] = row.content_type
    response["Idempotent-Replay"] = "true"
    return response


def _hash(request: HttpRequest) -> str:
    """Return what the request says, without what a form changes each time it is drawn."""
    digest = hashlib.sha256(request.method.encode())
    if not request.content_type.startswith(FORMS):
        digest.update(request.body)
        return digest.hexdigest()
    fields = sorted((k, v) for k, v in request.POST.lists() if k not in UNCOUNTED)
    digest.update(json.dumps(fields).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(json.dumps([name, file.name, file.size]).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def _text(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
