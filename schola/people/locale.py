"""Middleware: speak the language of the person, in their time zone."""

from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

KNOWN = {code for code, _name in settings.LANGUAGES} | {"en-xa", "ar-xb"}


class Locale:
    """The person's choice, else the school's, else what the browser asks for."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = getattr(request, "person", None)
        school = getattr(request, "organization", None)
        zone = (person and person.time_zone) or (school and school.time_zone) or "UTC"
        language = _language(request, person, school)
        with translation.override(language), timezone.override(zone):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        if response.streaming:
            response.streaming_content = _still(language, zone, response.streaming_content)
        return response


def _still(language: str, zone: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Make the rest of a stream in the language and the time zone of its request."""
    with translation.override(language), timezone.override(zone):
        yield from chunks


def _language(request: HttpRequest, person: object, school: object) -> str:
    chosen = (person and person.language) or ""
    if chosen in KNOWN:
        return chosen
    if person is None:
        asked = translation.get_language_from_request(request)
        if asked in KNOWN:
            return asked
    return school.language if school and school.language in KNOWN else "en"
