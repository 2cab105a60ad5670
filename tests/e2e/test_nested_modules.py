"""An author puts modules into one another: by mouse, by keys alone, and without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.test_journey import open_the_school
from tests.e2e.test_keyboard import press, tab_to

pytestmark = pytest.mark.browser
TOO_WIDE = "() => document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(scope="module")
def author(chromium, site):
    """Open the school; return the cookies of whoever runs it."""
    context = chromium.new_context(base_url=site.url)
    open_the_school(context.new_page())
    yield context.storage_state()
    context.close()


@pytest.fixture
def build(chromium, site, author):
    """Open the Build page of a new course with one module: build("Chance", width=390)."""
    opened = []

    def make(title, width=1280, **options):
        context = chromium.new_context(
            base_url=site.url,
            storage_state=author,
            viewport={"width": width, "height": 844},
            **options,
        )
        opened.append(context)
        page = context.new_page()
        page.goto("/courses/new")
        page.get_by_label("Title").fill(title)
        page.get_by_role("button", name="Create").click()
        page.wait_for_url("**/edit")
        return page

    yield make
    for context in opened:
        context.close()


@pytest.mark.parametrize("script", [True, False])
def test_by_mouse_with_a_script_and_without(build, script):
    page = build(f"Mouse {script}", java_script_enabled=script)

    more(page, "First module").click()
    section(page, "First module").get_by_label("Title of the module inside").fill("Inner")
    page.get_by_role("button", name="Add a module inside").click()
    expect(section(page, "Inner")).to_be_visible()
    page.get_by_label("New module").fill("Second")
    page.get_by_role("button", name="Add the module").click()
    more(page, "Second").click()
    page.get_by_role("button", name="Move into “First module” Second").click()
    more(page, "Second").click()
    page.get_by_role("button", name="Move into “Inner” Second").click()

    for level, title in enumerate(("First module", "Inner", "Second"), 3):
        heading = page.get_by_role("heading", name=title, level=level, exact=True)
        expect(heading).to_have_count(1)


def test_by_keys_alone(build):
    page = build("Keys", width=320)

    press(page, more(page, "First module"))
    tab_to(page, page.get_by_label("Title of the module inside"))
    page.keyboard.type("Inner")
    page.keyboard.press("Enter")
    expect(section(page, "Inner").locator("details.add-here summary")).to_be_focused()
    press(page, more(page, "Inner"))
    press(page, page.get_by_role("button", name="Move out of “First module” Inner"))
    expect(more(page, "Inner")).to_be_focused()
    press(page, page.get_by_role("button", name="Move Inner up"), key="Shift+Tab")

    expect(page.get_by_role("button", name="Move Inner up")).to_be_focused()
    first = page.locator(".build-module").first
    expect(first.get_by_role("heading", name="Inner", level=3)).to_have_count(1)
    assert not page.evaluate(TOO_WIDE)


def section(page, title):
    return page.get_by_role("region", name=title, exact=True)


def more(page, title):
    return section(page, title).locator("summary").filter(has_text=re.compile("More"))
