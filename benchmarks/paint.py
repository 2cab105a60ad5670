"""What a learner waits for on a slow line: the six main pages at 390 px in Chromium.

python -m benchmarks.paint

Largest contentful paint (LCP), cumulative layout shift (CLS) and bytes on the wire, on Slow 3G and
Slow 4G with a processor that is four times slower, with an empty cache and with what the first
page left there. Limits: the budgets of the front end.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.core.management import call_command
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

import benchmarks.site  # noqa: F401
from benchmarks import perf_school
from benchmarks.serving import serving
from benchmarks.visitors import session
from schola.activities.quiz.closing import submit_attempt
from schola.courses.models import Activity
from schola.enrollment.models import Enrollment
from schola.kernel.tenants import acting_in
from schola.records.actions import begin

PORT = 8768
SLOWER = 4  # times, the processor
TRIES = 3  # of each visit; what is printed is the median
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SETTLED = 400  # milliseconds after the network is quiet
WATCH = """() => new Promise((found) => {
  let lcp = 0, cls = 0
  new PerformanceObserver((list) => { for (const e of list.getEntries()) lcp = e.startTime })
    .observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => { for (const e of list.getEntries()) cls += e.value })
    .observe({ type: 'layout-shift', buffered: true })
  setTimeout(() => found([lcp, cls]), %d)
})"""


@dataclass(frozen=True)
class Line:
    """A slow line, and the LCP in milliseconds that it allows: first visit, later visit."""

    name: str
    bits: int
    latency: int
    limits: tuple[int, int]


LINES = (
    Line("Slow 3G", 400_000, 400, (2500, 1500)),
    Line("Slow 4G", 1_600_000, 150, (1800, 1000)),
)
CLS_LIMIT = 0.03
KILOBYTES = {"sign-in": (70, 12), "quiz": (110, 25), "result": (110, 25)}
KILOBYTES_ELSEWHERE = (95, 20)
JS_KILOBYTES = {"quiz": 35, "result": 35}
JS_ELSEWHERE = 20


def main() -> None:
    """Print a line for each page, line and visit."""
    call_command("migrate", verbosity=0)
    organization = perf_school.make()
    with acting_in(organization.pk):
        cookie, pages = _pages()
    print(f"{'':10}{'line':10}{'visit':8}{'LCP ms':>8}{'limit':>7}{'CLS':>8}{'KB':>7}{'JS KB':>7}")
    with serving(PORT, 1), sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for name, address in pages.items():
            for line in LINES:
                known = [] if name == "sign-in" else [cookie]
                tries = [list(_visits(browser, line, address, known)) for _ in range(TRIES)]
                for visit, seen in enumerate(zip(*tries, strict=True)):
                    _print(name, line, visit, [median(each) for each in zip(*seen, strict=True)])
        browser.close()


def _pages() -> tuple[dict[str, str], dict[str, str]]:
    """Return the cookie of a learner with an open attempt and a finished one, and the pages."""
    seat = Enrollment.objects.select_related("person__user", "course").order_by("pk").first()
    done, other = Activity.objects.filter(kind="quiz").order_by("pk")[:2]
    submit_attempt(begin(seat.pk, done.pk))
    begin(seat.pk, other.pk)
    lesson = Activity.objects.filter(kind="page").order_by("pk").first()
    name, _, value = session(seat.person).partition(";")[0].partition("=")
    course = f"/courses/{seat.course.slug}"
    cookie = {"name": name, "value": value, "url": f"http://schola.localhost:{PORT}"}
    return cookie, {
        "sign-in": "/signin",
        "home": "/",
        "course": course,
        "lesson": f"{course}/{lesson.key}",
        "quiz": f"{course}/{other.key}/attempt/1",
        "result": f"{course}/{done.key}/attempt/1/result",
    }


def _visits(browser: Browser, line: Line, address: str, cookies: list) -> Iterator[Any]:
    """Visit a page with an empty cache, then again; yield (LCP, CLS, bytes, bytes of scripts)."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_cookies(cookies)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    _slow_down(devtools, line)
    for _ in range(2):
        wire = Wire(devtools)
        yield (*_watch(page, address), wire.bytes / 1024, wire.scripts / 1024)
    context.close()


def _watch(page: Page, address: str) -> list[float]:
    page.goto(f"http://schola.localhost:{PORT}{address}", wait_until="networkidle")
    return page.evaluate(WATCH % SETTLED)


def _slow_down(devtools: CDPSession, line: Line) -> None:
    devtools.send("Network.enable")
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    speed = {"downloadThroughput": line.bits / 8, "uploadThroughput": line.bits / 8}
    conditions = {"offline": False, "latency": line.latency, **speed}
    devtools.send("Network.emulateNetworkConditions", conditions)


class Wire:
    """Counts what comes over the line from now on: headers and compressed bodies."""

    def __init__(self, devtools: CDPSession) -> None:
        self.bytes = self.scripts = 0
        self.kinds: dict[str, str] = {}
        devtools.on("Network.responseReceived", self._received)
        devtools.on("Network.loadingFinished", self._finished)

    def _received(self, event: dict) -> None:
        self.kinds[event["requestId"]] = event["type"]

    def _finished(self, event: dict) -> None:
        self.bytes += event["encodedDataLength"]
        if self.kinds.get(event["requestId"]) == "Script":
            self.scripts += event["encodedDataLength"]


def _print(name: str, line: Line, visit: int, figures: list[float]) -> None:
    lcp, shift, kilobytes, scripts = figures
    most = KILOBYTES.get(name, KILOBYTES_ELSEWHERE)[visit]
    over = [
        word
        for word, there in (
            ("LCP", lcp > line.limits[visit]),
            ("CLS", shift > CLS_LIMIT),
            (f"KB (limit {most})", kilobytes > most),
            ("JS", scripts > JS_KILOBYTES.get(name, JS_ELSEWHERE)),
        )
        if there
    ]
    said = f"  over: {', '.join(over)}" if over else ""
    print(
        f"{name:10}{line.name:10}{('first', 'later')[visit]:8}{lcp:8.0f}{line.limits[visit]:7}"
        f"{shift:8.3f}{kilobytes:7.1f}{scripts:7.1f}{said}",
        flush=True,
    )


if __name__ == "__main__":
    main()
