"""What single scripts of pages do for people."""

import time

import pytest
from playwright.sync_api import expect

from tests.e2e.test_journey import open_the_school

pytestmark = pytest.mark.browser


def test_the_first_page_knows_the_time_zone_of_the_device(window):
    page = window(timezone_id="Asia/Calcutta")

    page.goto("/welcome")

    expect(page.get_by_label("Time zone")).to_have_value("Asia/Kolkata")


@pytest.fixture(scope="module")
def administrator(chromium, site):
    """Open the school; return the cookies of whoever runs it."""
    context = chromium.new_context(base_url=site.url)
    open_the_school(context.new_page())
    yield context.storage_state()
    context.close()


@pytest.fixture
def slow(window, administrator):
    """A page of the administrator, with the palette's script half a second away."""
    page = window(width=390, storage_state=administrator)
    page.route("**/elements/palette*.js", lambda route: (time.sleep(0.5), route.continue_()))
    page.goto("/courses/new")
    page.get_by_label("Title").fill("Herons")
    return page


def test_what_is_typed_before_the_palette_is_there_is_in_it(slow):
    slow.keyboard.press("Control+k")
    slow.keyboard.type("imp pex")
    slow.keyboard.press("Backspace")
    slow.keyboard.type("o")

    found = slow.get_by_role("dialog", name="Search").get_by_role("link", name="Import people")
    expect(found).to_be_visible()
    expect(slow.get_by_label("Title")).to_have_value("Herons")
    slow.keyboard.press("Enter")
    slow.wait_for_url("**/people/import")
    assert not slow.complaints


def test_enter_before_the_palette_is_there_searches_and_sends_no_form(slow):
    slow.keyboard.press("Control+k")
    slow.keyboard.type("imp")
    slow.keyboard.press("Enter")

    slow.wait_for_url("**/search?q=imp")
    slow.goto("/courses")
    expect(slow.get_by_text("Herons")).to_have_count(0)
