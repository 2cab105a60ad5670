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


def test_what_is_typed_before_the_palette_is_there_is_in_it(window):
    page = window(width=390)
    page.route("**/elements/palette*.js", lambda route: (time.sleep(0.5), route.continue_()))
    open_the_school(page)

    page.keyboard.press("Control+k")
    page.keyboard.type("imp peo")
    found = page.get_by_role("dialog", name="Search").get_by_role("link", name="Import people")
    expect(found).to_be_visible()
    page.keyboard.press("Enter")

    page.wait_for_url("**/people/import")
    assert not page.complaints
