"""The one way to ask another host for something (D29).

http and https on their own ports only; the name is resolved once, all its addresses must be
public, and the connection goes to the address that was checked, so that a name that changes its
mind cannot lead us inside. Redirects are checked like first addresses and carry no credentials.
"""

import ipaddress
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpx
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PORTS = {"http": 80, "https": 443}
REDIRECTS = (301, 302, 303, 307, 308)
SECRETS = {"authorization", "cookie", "proxy-authorization"}
# Prefixes under which an IPv6 address stands for an IPv4 one, or for nobody knows whom.
WRAPPED = [ipaddress.ip_network(n) for n in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16",
                                             "2001::/32", "::/96")]  # fmt: skip

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Unreachable(Exception):
    """The other host did not answer, or not in time, or with too much. Trying later may help."""


@dataclass(frozen=True)
class FetchLimits:
    """How long it may take in all, how much may come, how often we may be sent on."""

    seconds: float = 10
    max_bytes: int = 10_000_000
    redirects: int = 3


@dataclass(frozen=True)
class Fetched:
    """What came. headers have names in lower case; url is where it came from in the end."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


def resolve(host: str, port: int) -> list[Address]:
    """Return the addresses of a host. Raises Unreachable if there are none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(_("The host %s cannot be found.") % host[:100]) from error
    return [ipaddress.ip_address(entry[4][0].partition("%")[0]) for entry in found]


def is_public(address: Address) -> bool:
    """Tell whether an address is one of the open internet: not ours, not a trick."""
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None:
        return is_public(mapped)
    if address.version == 6 and any(address in network for network in WRAPPED):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


@dataclass(frozen=True)
class Network:
    """How names become addresses, and which ones are allowed on which ports."""

    resolve: Callable[[str, int], list[Address]] = resolve
    allows: Callable[[Address], bool] = is_public
    ports: Mapping[str, int] = field(default_factory=lambda: PORTS)


@dataclass(frozen=True)
class Request:
    """What to ask."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def safe_fetch(
    asked: Request, limits: FetchLimits | None = None, network: Network | None = None
) -> Fetched:
    """Ask another host, follow its redirects, and return what came, whatever its status.

    Raises ValidationError if the address is not allowed, Unreachable if no full answer came.
    """
    limits, network = limits or FetchLimits(), network or Network()
    until = time.monotonic() + limits.seconds
    for _hop in range(limits.redirects + 1):
        fetched = _ask(asked, limits, network, until)
        where = fetched.headers.get("location")
        if fetched.status not in REDIRECTS or not where:
            return fetched
        asked = _redirected(asked, fetched.status, urljoin(asked.url, where))
    raise Unreachable(_("The other host sends us on and on."))


def checked_address(url: str, network: Network) -> tuple[str, str, int, Address]:
    """Return scheme, host, port and the address to connect to. Raises ValidationError if barred."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _barred() from error
    if parts.scheme not in network.ports or not host or parts.username or parts.password:
        raise _barred()
    if any(c in url for c in "\\\r\n\t\0 ") or not host.isascii():
        raise _barred()
    port = port or network.ports[parts.scheme]
    if port != network.ports[parts.scheme]:
        raise _barred()
    addresses = network.resolve(host, port)
    if not addresses or not all(network.allows(address) for address in addresses):
        raise _barred()
    return parts.scheme, host, port, addresses[0]


def _ask(asked: Request, limits: FetchLimits, network: Network, until: float) -> Fetched:
    _scheme, host, _port, address = checked_address(asked.url, network)
    pinned = httpx.URL(asked.url).copy_with(host=str(address))
    named = {k.lower(): v for k, v in asked.headers.items()} | {"host": urlsplit(asked.url).netloc}
    request = httpx.Request(
        asked.method,
        pinned,
        headers=named | {"accept-encoding": "identity"},
        content=asked.body or None,
        extensions={
            "sni_hostname": host
        },  # the certificate is checked for the name, not the number
    )
    left = until - time.monotonic()
    if left <= 0:
        raise Unreachable(_("The other host takes too long."))
    try:
        with httpx.Client(trust_env=False, timeout=left, follow_redirects=False) as client:
            response = client.send(request, stream=True)
            try:
                body = _read(response, limits, until)
            finally:
                response.close()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unreachable(_("The host %s does not answer.") % host) from error
    return Fetched(response.status_code, dict(response.headers), body, asked.url)


def _read(response: httpx.Response, limits: FetchLimits, until: float) -> bytes:
    """Return the body as it comes over the wire: what is packed cannot swell here."""
    pieces, size = [], 0
    for piece in response.iter_raw():
        size += len(piece)
        if size > limits.max_bytes:
            raise Unreachable(_("The other host sends too much."))
        if time.monotonic() > until:
            raise Unreachable(_("The other host takes too long."))
        pieces.append(piece)
    return b"".join(pieces)


def _redirected(asked: Request, status: int, url: str) -> Request:
    """Return the next request: a GET where HTTP says so; no credentials for another origin."""
    before, after = urlsplit(asked.url), urlsplit(url)
    headers = dict(asked.headers)
    if (before.scheme, before.netloc) != (after.scheme, after.netloc):
        headers = {k: v for k, v in headers.items() if k.lower() not in SECRETS}
    if status in (307, 308) or asked.method in ("GET", "HEAD"):
        return Request(url, asked.method, headers, asked.body)
    headers = {k: v for k, v in headers.items() if not k.lower().startswith("content-")}
    return Request(url, "GET", headers)


def _barred() -> ValidationError:
    return ValidationError(
        _("This address is not allowed. Write one of a public web site, such as https://…"),
        code="barred",
    )
