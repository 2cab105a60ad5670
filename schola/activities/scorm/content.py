"""What the content host serves of a package: the page that runs it, its files, its reports.

Here are no cookies. Whoever has the address of a launch may run it; it says whose it is, and in
which session it was begun.
"""

import json
import mimetypes
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from schola.activities.scorm import cmi
from schola.activities.scorm.launches import Launch, new_name, piece_url, read_launch
from schola.activities.scorm.packages import page_of
from schola.activities.scorm.parts import of_part, openable, status_of, to_open
from schola.activities.scorm.running import NotOpen, commit_words
from schola.courses.models import ActivityVersion
from schola.kernel.files import send_path
from schola.kernel.guard import public
from schola.kernel.hosts import site_of
from schola.kernel.presence import was_open
from schola.kernel.tenants import acting_in
from schola.people.models import Person
from schola.records.models import Attempt
from schola.records.queries import goes_on

SANDBOX = "sandbox allow-scripts allow-same-origin allow-forms allow-popups allow-modals"
RUN_POLICY = (
    SANDBOX + "; default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "frame-src 'self'; worker-src 'self'; base-uri 'none'; frame-ancestors "
)
PIECE_POLICY = (
    SANDBOX + "; default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    "frame-ancestors 'self' "
)  # what others wrote, on a host that holds nothing of ours
MOST_BYTES = 1_500_000  # of one report
TYPES = {
    ".html": "text/html", ".htm": "text/html", ".js": "text/javascript", ".mjs": "text/javascript",
    ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".mp4": "video/mp4",
    ".webm": "video/webm", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".woff": "font/woff",
    ".woff2": "font/woff2", ".vtt": "text/vtt", ".xml": "text/xml", ".webp": "image/webp",
}  # fmt: skip


@require_safe
@public("the address itself is signed")
def run(request: HttpRequest, token: str) -> HttpResponse:
    """Show the page with the run-time and the package in a frame of its own."""
    launch = read_launch(token)
    with acting_in(launch.organization_id):
        config = ActivityVersion.objects.values_list("config", flat=True).get(pk=launch.version_id)
        data = _data(launch)
        part = to_open(config, data, request.GET.get("part", ""))
        shown = next((each for each in openable(config) if each["id"] == part), config)
        context = _contents(config, data, part) | {
            "title": shown.get("title", ""),
            "href": piece_url(shown.get("href", "")),
            "asset": shown.get("asset", False),
            "attempt": "" if launch.review else launch.attempt_id,
            "launch": new_name(),
            "part": part,
            "cmi": json.dumps(_initial(launch, shown, of_part(data, part))),
        }
        response = render(request, "scorm/run.html", context)
        response["Content-Security-Policy"] = RUN_POLICY + site_of(launch.organization_id)
    return response


@csrf_exempt
@require_POST
@public("the address itself is signed")
def commit(request: HttpRequest, token: str) -> HttpResponse:
    """Keep what the package reports. 204: it is on disk, now or since an earlier time.

    404: the launch is over, or the seat, the course or the activity is.
    """
    launch = read_launch(token)
    try:
        if len(request.body) > MOST_BYTES:
            raise ValueError("too much")
        words = cmi.read_commit(json.loads(request.body))
        if launch.attempt_id and not launch.review:
            with acting_in(launch.organization_id):
                commit_words(UUID(launch.attempt_id), words)
    except NotOpen as error:
        raise Http404 from error
    except (ValueError, KeyError, TypeError, RecursionError):
        return HttpResponse(status=422)
    return HttpResponse(status=204)


@public("the address itself is signed")
def piece(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """Send a file of the package."""
    launch = read_launch(token, was_open)
    path = page_of(launch.package, name)
    if path is None or request.method not in ("GET", "HEAD"):
        raise Http404
    response = send_path(request, path, f"{launch.package[:32]}-{path.stat().st_size}")
    kind = TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0]
    response["Content-Type"] = kind or "application/octet-stream"
    response["Content-Security-Policy"] = PIECE_POLICY + site_of(launch.organization_id)
    response["Cache-Control"] = "private, max-age=28800"
    return response


def _data(launch: Launch) -> dict[str, Any]:
    """Return what the attempt holds. Raises Http404 if it goes on no longer."""
    if not launch.attempt_id:
        return {}
    attempt = Attempt.objects.select_related("seat__course").get(pk=launch.attempt_id)
    if not goes_on(attempt.seat, attempt.activity_id):
        raise Http404
    return attempt.data


def _contents(config: dict[str, Any], data: dict[str, Any], part: str) -> dict[str, Any]:
    """Return the contents of a package of several parts, and what comes before and after."""
    parts = [each["id"] for each in openable(config)]
    if not parts:
        return {"items": []}
    here = parts.index(part)
    return {
        "items": [each | {"status": status_of(data, each["id"])} for each in config["items"]],
        "number": here + 1,
        "count": len(parts),
        "before": parts[here - 1] if here else "",
        "after": parts[here + 1] if here + 1 < len(parts) else "",
    }


def _initial(launch: Launch, shown: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, str]:
    """Return the words that a package, or the part of it that is shown, begins with."""
    keeps = launch.attempt_id and not launch.review
    mode = "normal" if keeps else "review" if launch.review else "browse"
    person = Person.objects.get(pk=launch.person_id)
    facts = {
        "cmi.core.student_id": person.number or str(person.pk),
        "cmi.core.student_name": person.full_name,
        "cmi.core.credit": "credit" if keeps else "no-credit",
        "cmi.core.lesson_mode": mode,
        "cmi.student_data.mastery_score": str(shown.get("mastery") or ""),
        "cmi.launch_data": shown.get("data", ""),
    }
    return cmi.initial(data, facts)
