"""What no text may hold is refused before any view reads it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from schola.kernel.errors import answer


class Readable:
    """Middleware: answer 400 to a query or a form with a NUL, which PostgreSQL takes in no text.

    A view that is exempt from the check against forgery reads its body itself, so the body is
    left to it. Files that a form sends may hold any bytes.
    """

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        reads_itself = getattr(view, "csrf_exempt", False)
        if not _has_nul(request.GET) and (reads_itself or not _has_nul(request.POST)):
            return None
        words = _("It holds a NUL, a character that no text may hold. Take it out and try again.")
        return answer(request, 400, _("This request cannot be read"), words)


def _has_nul(fields: QueryDict) -> bool:
    return any("\0" in text for name, values in fields.lists() for text in (name, *values))
