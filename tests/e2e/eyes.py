"""What Chromium sees of a page, and what is wrong with it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from schola.kernel.assets import VENDOR
from tests.e2e.school import PASSWORD

AXE = Path(VENDOR) / "axe.js"
WIDTHS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 800}}
ALL_MODES = {
    f"{name}, {scheme}": {"viewport": size, "color_scheme": scheme}
    for name, size in WIDTHS.items()
    for scheme in ("light", "dark")
}
MODES = ("phone, light", "desk, dark")  # those of bin/test
NARROW = {"width": 320, "height": 640}
MOST_STOPS = 400
LISTEN = """window.refused = [];
document.addEventListener("securitypolicyviolation", (e) =>
  window.refused.push(`${e.violatedDirective} ${e.blockedURI}`));"""
RULES = """() => axe.run(document, {resultTypes: ["violations"],
    rules: {"target-size": {enabled: true}}}).then((found) =>
  found.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id} at ${node.target.join(" ")}: ${node.failureSummary.split("\\n")[1] || ""}`)))"""
STOP = (Path(__file__).parent / "stop.js").read_text(encoding="utf-8")


@dataclass
class Seen:
    """One state of one page: what is wrong, and the bytes of a first and of a later visit.

    scripts  those of the bytes of the first visit that are JavaScript
    """

    status: int
    faults: list[str] = field(default_factory=list)
    bytes: int = 0
    scripts: int = 0
    later: int = 0


class Eyes:
    """Looks at pages as one person in one mode, without a cache."""

    def __init__(self, browser: Browser, base: str, email: str | None, mode: str) -> None:
        self.base = base
        self.context: BrowserContext = browser.new_context(**ALL_MODES[mode])
        self.context.add_init_script(LISTEN)
        if email:
            self._sign_in(email)

    def look(self, path: str, expected: tuple[int, ...] | None, *, again: bool = True) -> Seen:
        """Open the page and return what is wrong with it.

        again  open it twice, to weigh what a later visit costs
        """
        page = self.context.new_page()
        try:
            later = self._weigh_later(page, path) if again else 0
            return self._look(page, path, expected, later)
        finally:
            page.close()

    def _look(self, page: Page, path: str, expected: tuple[int, ...] | None, later: int) -> Seen:
        said: list[str] = []
        page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        scale = Scale(self.context, page)
        answer = page.goto(self.base + path, wait_until="load")
        page.wait_for_timeout(150)  # what scripts do at the start
        seen = Seen(answer.status, bytes=scale.all, scripts=scale.scripts, later=later)
        if answer.status not in (expected or (200,)):
            seen.faults.append(f"status {answer.status}")
        own = f"status of {answer.status}"
        seen.faults += [f"console: {line}" for line in said if own not in line]
        seen.faults += [f"CSP: {line}" for line in page.evaluate("window.refused")]
        seen.faults += self._walk(page)
        self._unroll(page)
        page.evaluate(AXE.read_text(encoding="utf-8"))  # by the debugger: no policy is bypassed
        seen.faults += [f"axe: {line}" for line in page.evaluate(RULES)]
        seen.faults += self._reflow(page)
        return seen

    def _weigh_later(self, page: Page, path: str) -> int:
        """Return the bytes of the page for somebody whose browser has seen it before."""
        page.goto(self.base + path, wait_until="load")
        scale = Scale(self.context, page, keep=True)
        page.goto(self.base + path, wait_until="load")
        scale.close()
        return scale.all

    def _walk(self, page: Page) -> list[str]:
        """Go through the page by Tab: each stop is seen, ringed and not covered, and it ends."""
        faults = []
        for _stop in range(MOST_STOPS):
            page.keyboard.press("Tab")
            stop = page.evaluate(STOP)
            if stop is None:
                return faults
            if "again" in stop:  # a date has several stops of its own
                continue
            wrong = [
                word
                for word, bad in (
                    ("is not shown", not stop["shown"]),
                    ("has no visible focus", not stop["ringed"]),
                    ("is covered", stop["covered"]),
                    ("is out of view", stop["outside"]),
                )
                if bad
            ]
            faults += [f"Tab: {stop['name']} {word}" for word in wrong]
        return [*faults, "Tab: the walk does not end"]

    def _unroll(self, page: Page) -> None:
        """Make the window as long as the page: what scrolls by may be below the bars meanwhile."""
        tall = page.evaluate("document.scrollingElement.scrollHeight")
        page.set_viewport_size({"width": page.viewport_size["width"], "height": tall})

    def _reflow(self, page: Page) -> list[str]:
        page.set_viewport_size(NARROW)
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        return [f"reflow: {wide} px wide at 320"] if wide > NARROW["width"] else []

    def _sign_in(self, email: str) -> None:
        page = self.context.new_page()
        page.goto(f"{self.base}/signin")
        page.fill("input[name=email]", email)
        page.fill("input[name=password]", PASSWORD)
        page.click("button.primary")
        page.wait_for_url(f"{self.base}/")
        page.close()


class Scale:
    """Weighs what comes over the line: encoded bytes, as DevTools count them.

    keep  what the browser has kept need not come again
    """

    def __init__(self, context: BrowserContext, page: Page, *, keep: bool = False) -> None:
        self.all = self.scripts = 0
        self.kinds: dict[str, str] = {}
        self.line: Any = context.new_cdp_session(page)
        self.line.send("Network.enable")
        self.line.send("Network.setCacheDisabled", {"cacheDisabled": not keep})
        self.line.on("Network.responseReceived", self._begin)
        self.line.on("Network.loadingFinished", self._add)

    def close(self) -> None:
        self.line.detach()

    def _begin(self, answer: dict[str, Any]) -> None:
        self.kinds[answer["requestId"]] = answer["type"]

    def _add(self, done: dict[str, Any]) -> None:
        size = int(done["encodedDataLength"])
        self.all += size
        self.scripts += size if self.kinds.get(done["requestId"]) == "Script" else 0
