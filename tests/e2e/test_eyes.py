"""The gate itself sees what it should: a page with known faults has them found."""

import pytest

from tests.e2e.eyes import STOP

pytestmark = pytest.mark.browser
MARKS = """<style>
  .color:focus { outline: none; color: red }
  .thin:focus { outline: 1px solid red }
  .ring:focus { outline: 2px solid red }
  .shadow:focus { outline: none; box-shadow: 0 0 0 3px blue }
  .border:focus { outline: none; border: 3px solid red }
</style>
<p><button class="color">color</button></p><p><button class="thin">thin</button></p>
<p><button class="ring">ring</button></p><p><button class="shadow">shadow</button></p>
<p><button class="border">border</button></p>"""


def test_a_mark_of_focus_is_two_pixels_or_it_is_none(chromium):
    page = chromium.new_page()
    page.set_content(MARKS)

    seen = {}
    for _stop in range(5):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        seen[stop["name"].removeprefix("button ")] = stop["ringed"]
    page.close()

    assert seen == {"color": False, "thin": False, "ring": True, "shadow": True, "border": True}
