"""Pages for what did not work, in the look of all others."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def answer(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """Return the page of an error, or plain text for whoever does not read pages."""
    if "text/html" not in request.headers.get("Accept", "text/html"):
        return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    if not hasattr(request, "person"):
        request.person = None
    context = {"title": title, "text": text, "status": status}
    return render(request, "error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return answer(request, 400, _("This request cannot be read"), _("Go back and try again."))


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    text = str(exception) if exception else _("Ask an administrator for the right to do this.")
    return answer(request, 403, _("You may not do this"), text)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    text = _("Nothing is here, or it is not for you. Check the address or start from Home.")
    return answer(request, 404, _("Not found"), text)


def failed(request: HttpRequest) -> HttpResponse:
    text = _("This is our fault, not yours. What you had saved is safe. Try again in a minute.")
    return answer(request, 500, _("Something went wrong"), text)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    text = _("This page was open for too long. Go back, reload it and send it again.")
    return answer(request, 403, _("Please send it again"), text)


def stale(request: HttpRequest) -> HttpResponse:
    text = _(
        "Somebody else changed this while you were writing. "
        "Go back, copy what you wrote, reload the page and put it in again."
    )
    return answer(request, 409, _("Changed meanwhile"), text)
