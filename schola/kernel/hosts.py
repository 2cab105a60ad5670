"""Which organization a request is for, from the host that it names."""

import time
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from schola.kernel.models import Organization
from schola.kernel.tenants import acting_in

KEPT_SECONDS = 5
LOOPBACK = ("localhost", "127.0.0.1")
CONTENT_URLCONF = "schola.kernel.content_urls"

_kept: dict[str, tuple[float, Organization | None]] = {}
_sites: dict[int, tuple[float, str]] = {}


def host_of(url: str) -> str:
    """Return the host of an address, without its port."""
    return urlsplit(url).hostname or ""


def organization_for(host: str) -> Organization | None:
    """Return the organization whose host this is, or the one that has none of its own.

    What is found is kept for a few seconds: the version of an organization, on which rights hang,
    is read with each session and not from here.
    """
    until, found = _kept.get(host, (0.0, None))
    if until < time.monotonic() or found is None:
        found = Organization.objects.filter(host=host).first()
        found = found or Organization.objects.filter(host=None).order_by("pk").first()
        _kept[host] = (time.monotonic() + KEPT_SECONDS, found)
    return found


def site_of(organization_id: int) -> str:
    """Return the address of the site of an organization: with its own host, if it has one.

    Scheme and port are those of SITE_URL. What is found is kept for a few seconds.
    """
    until, found = _sites.get(organization_id, (0.0, ""))
    if until < time.monotonic():
        hosts = Organization.objects.filter(pk=organization_id).values_list("host", flat=True)
        found = _at_host(hosts.first())
        _sites[organization_id] = (time.monotonic() + KEPT_SECONDS, found)
    return found


def _at_host(host: str | None) -> str:
    site = urlsplit(settings.SITE_URL)
    if not host or host == site.hostname:
        return settings.SITE_URL
    port = f":{site.port}" if site.port else ""
    return urlunsplit(site._replace(netloc=host + port))


def forget_hosts() -> None:
    """Let go of what is kept, after an organization was changed in this process."""
    _kept.clear()
    _sites.clear()


class Hosts:
    """Middleware: act in the organization of the host; send the content host to its own pages."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:  # PostgreSQL takes none, so nothing has such a name
            return HttpResponse(_("There is no such page."), status=404)
        if named := _named_address(request):
            return HttpResponse(status=302, headers={"Location": named})
        host = request.get_host().partition(":")[0]
        request.on_content_host = host.startswith("content.")
        if request.on_content_host:
            request.urlconf = CONTENT_URLCONF
            host = host.removeprefix("content.")
        known = host in (host_of(settings.SITE_URL), *LOOPBACK, "testserver")
        organization = organization_for(host)
        if organization is None and request.path in ("/healthz", "/welcome"):
            request.organization = None
            return self.get_response(request)
        if organization is None:
            return HttpResponse(status=302, headers={"Location": "/welcome"})
        if not known and organization.host != host:
            return HttpResponse(_("No school lives at this address."), status=421)
        request.organization = organization
        with acting_in(organization.pk):
            response = self.get_response(request)
        if response.streaming:
            response.streaming_content = _still_in(organization.pk, response.streaming_content)
        return response


def _named_address(request: HttpRequest) -> str:
    """Return the address of a page by the name of the site, if it was opened by a number; else "".

    On one's own machine 127.0.0.1 leads to the site, too; but for a browser the content host is
    then another site, and it shows neither pictures nor packages.
    """
    host, _colon, port = request.get_host().partition(":")
    name = host_of(settings.SITE_URL)
    opened = request.method == "GET" and request.headers.get("Sec-Fetch-Dest") == "document"
    if host not in LOOPBACK or not opened or not name.endswith(".localhost"):
        return ""
    return f"{request.scheme}://{name}{f':{port}' if port else ''}{request.get_full_path()}"


def _still_in(organization_id: int, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Make the rest of a stream in the organization of its request."""
    with acting_in(organization_id):
        yield from chunks
