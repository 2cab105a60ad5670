"""Each page in two languages that nobody speaks: one longer than English, one from the right.

What still reads English there is in the catalogues but was fixed before the reader was known;
what runs out of a narrow page would do so in German; what is not mirrored would not be in Arabic.
"""

import json

import pytest

from schola.kernel import messages
from tests.e2e.eyes import AXE, NARROW, RULES, Eyes
from tests.e2e.routes import ROUTES, STRONGEST
from tests.e2e.test_gates import address, people

pytestmark = pytest.mark.browser
PAGES = [
    row
    for row in ROUTES
    if row.method == "GET" and row.page and not row.ok and row.pattern != "styleguide"
]
SHOWN = """known => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim().replace(/\\s+/g, " ")
    const shown = walk.currentNode.parentElement.checkVisibility()
    if (shown && known.includes(text)) found.push(text)
  }
  return found
}"""
STORED = {"First module"}  # written into the school in the language of whoever made it
WIDE = "document.scrollingElement.scrollWidth"


@pytest.fixture(scope="module", params=["en-xa", "ar-xb"])
def speaking(request, chromium, two_schools):
    """Return (language, look): look(who) gives that person's window, opened once."""
    live, schools = two_schools
    live.run("tests.e2e.speaking", request.param)
    kept: dict[str, Eyes] = {}

    def window(who: str) -> Eyes:
        if who not in kept:
            email = schools["north"]["people"][who]["email"]
            kept[who] = Eyes(chromium, live.url, email, "phone, light")
        return kept[who]

    yield request.param, window
    for eyes in kept.values():
        eyes.context.close()
    live.run("tests.e2e.speaking", "")


@pytest.fixture(scope="module")
def english():
    """Every text of the interface without a place for a value, as it reads in English."""
    template = messages.read_catalogue(messages.TEMPLATE)
    texts = [message.id for message in template if message.id and isinstance(message.id, str)]
    said = {text for text in texts if not messages.KEPT.search(text) and len(text) > 3}
    return sorted(said - STORED)


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.path)
def test_the_page_speaks_it(row, speaking, schools, english):
    language, window = speaking
    eyes = window(next(who for who in STRONGEST if who != "anon" and who in people(row)))
    page = eyes.context.new_page()
    page.goto(eyes.base + address(row, schools), wait_until="load")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(150)  # what scripts do at the start

    faults = [f"not translated: {text}" for text in page.evaluate(SHOWN, english)]
    if language == "ar-xb":
        assert page.evaluate("document.documentElement.dir") == "rtl"
        page.evaluate(AXE.read_text(encoding="utf-8"))
        faults += [f"axe: {line}" for line in page.evaluate(RULES)]
    page.set_viewport_size(NARROW)
    if (wide := page.evaluate(WIDE)) > NARROW["width"]:
        faults.append(f"{wide} px wide at 320")
    page.close()

    assert not faults, json.dumps(faults, indent=1, ensure_ascii=False)
