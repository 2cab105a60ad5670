import ipaddress
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ValidationError

from schola.kernel.fetch import FetchLimits, Network, Request, Unreachable, is_public, safe_fetch

HERE = ipaddress.ip_address("127.0.0.1")


class Far(BaseHTTPRequestHandler):
    """A host out there: what it answers hangs on the path."""

    seen: list = []

    def do_GET(self):
        Far.seen.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}))
        name = self.path.strip("/").replace("-", "_")
        getattr(self, name, self.ok)()

    do_POST = do_GET

    def ok(self, body=b"fine"):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def large(self):
        self.ok(b"x" * 5000)

    def on(self):
        self.go("/ok")

    def loop(self):
        self.go("/loop")

    def other(self):
        self.go(f"http://other.example:{self.server.server_port}/ok")

    def inside(self):
        self.go("http://169.254.169.254/latest/meta-data")

    def file(self):
        self.go("file:///etc/passwd")

    def drip(self):
        self.send_response(200)
        self.end_headers()
        for _ in range(50):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def go(self, where):
        self.send_response(302)
        self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass

    def handle(self):
        with suppress(BrokenPipeError, ConnectionResetError):  # the client has had enough
            super().handle()


@pytest.fixture
def far():
    """Return ask(path): the far host, which our test network finds at 127.0.0.1."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Far)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Far.seen = []

    def find(host, port):
        if host.endswith(".example"):
            return [HERE]
        return [ipaddress.ip_address(host)]

    network = Network(find, lambda a: a == HERE, {"http": server.server_port})

    def ask(path, limits=None, **options):
        url = f"http://far.example:{server.server_port}{path}"
        return safe_fetch(Request(url, **options), limits, network)

    yield ask
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_answer_comes_from_the_checked_address_under_its_name(far):
    fetched = far("/ok")

    assert (fetched.status, fetched.body) == (200, b"fine")
    assert Far.seen[0][2]["host"].startswith("far.example:")


def test_a_redirect_is_followed_and_carries_no_secret_elsewhere(far):
    secret = {"Authorization": "Bearer x"}

    far("/on", headers=secret)
    far("/other", headers=secret)

    assert [("authorization" in h) for _m, p, h in Far.seen if p == "/ok"] == [True, False]


def test_a_post_becomes_a_get_behind_a_redirect(far):
    far("/on", method="POST", body=b"x=1")

    assert [m for m, _p, _h in Far.seen] == ["POST", "GET"]


@pytest.mark.parametrize("path", ["/inside", "/file"])
def test_a_redirect_to_the_inside_is_barred(far, path):
    with pytest.raises(ValidationError, match="not allowed"):
        far(path)


def test_too_much_too_long_and_too_often_end(far):
    with pytest.raises(Unreachable, match="too much"):
        far("/large", FetchLimits(max_bytes=4999))
    with pytest.raises(Unreachable, match=r"too long|does not answer"):
        far("/drip", FetchLimits(seconds=0.5))
    with pytest.raises(Unreachable, match="on and on"):
        far("/loop")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/", "http://0/",
        "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/", "http://169.254.169.254/",
        "http://[::ffff:127.0.0.1]/", "http://[::ffff:a9fe:a9fe]/", "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/", "http://[fe80::1]/", "http://[fd00::1]/", "http://2130706433/",
        "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://100.64.0.1/",
        "http://224.0.0.1/", "http://255.255.255.255/", "http://93.184.216.34:22/",
        "https://93.184.216.34:80/", "ftp://93.184.216.34/", "file:///etc/passwd", "gopher://x/",
        "http://user:pw@93.184.216.34/", "http://93.184.216.34\\@127.0.0.1/", "http://", "//x", "x",
        "http://[::1", "http://93.184.216.34:99999/", "http://93.184.216.34/ x", "http://127.0.0.1。/",
    ],
)  # fmt: skip
def test_an_address_inside_is_barred(url):
    with pytest.raises(ValidationError, match="not allowed"):
        safe_fetch(Request(url))


def test_a_name_with_one_address_inside_is_barred():
    public, inside = ipaddress.ip_address("93.184.216.34"), HERE

    with pytest.raises(ValidationError):
        safe_fetch(Request("http://two.example/"), network=Network(lambda h, p: [public, inside]))


def test_public_addresses_are_public():
    assert is_public(ipaddress.ip_address("93.184.216.34"))
    assert is_public(ipaddress.ip_address("2606:2800:220:1:248:1893:25c8:1946"))
