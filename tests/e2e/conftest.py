"""Fixtures of the browser tests: running sites, Chromium, people who sign in."""

import os

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.e2e.eyes import Eyes
from tests.e2e.live import Live, free_port, fresh_database, open_school
from tests.e2e.server import Site

PASSWORD = "correct horse battery"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SKIPPED = "ViewTransition"  # a cross-fade that Chromium left out: it says so as an error
expect.set_options(timeout=10_000)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    running = Site(tmp_path_factory.mktemp("site"), os.environ.get("DATABASE_URL", ""))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def chromium():
    """One Chromium for a module, closed with it: two at once cannot be in one thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium, site):
    """Open a window of its own, with its own cookies: window(width=390)."""
    opened = []

    def make(width=1280, height=844, **options):
        size = {"width": width, "height": height}
        context = chromium.new_context(
            viewport=size, base_url=site.url, accept_downloads=True, **options
        )
        opened.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda m: m.type == "error" and page.complaints.append(m.text))
        page.on(
            "pageerror", lambda error: SKIPPED in str(error) or page.complaints.append(str(error))
        )
        return page

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def enter(site):
    """Sign somebody in: enter(page, "omar@example.org")."""

    def make(page, email):
        page.goto("/signin")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{site.url}/")
        return page

    return make


@pytest.fixture
def accept(site):
    """Follow somebody's invitation: accept(page, "lena@example.org", "Lena Hartmann")."""

    def make(page, email, name):
        page.goto(site.link_for(email))
        page.get_by_label("Your name").fill(name)
        page.get_by_label("New password").fill(PASSWORD)
        page.get_by_role("button", name="Start").click()
        page.wait_for_url(f"{site.url}/")
        return page

    return make


@pytest.fixture(scope="session")
def two_schools(tmp_path_factory):
    """Return (live, schools): a running site with two schools, and what is in them."""
    home = tmp_path_factory.mktemp("live")
    running = Live(home, free_port(), fresh_database(home))
    schools = open_school(running)
    running.start()
    yield running, schools
    running.stop()


@pytest.fixture
def live(two_schools):
    return two_schools[0]


@pytest.fixture
def schools(two_schools):
    return two_schools[1]


@pytest.fixture
def north(schools):
    """The school of the cast: Amara learns, Lena teaches, Omar runs it."""
    return schools["north"]


@pytest.fixture(scope="module")
def eyes_of(chromium, two_schools):
    """Return the eyes of a person in a mode; signed in once."""
    live, schools = two_schools
    kept: dict[tuple[str, str], Eyes] = {}

    def find(who: str, mode: str) -> Eyes:
        if (who, mode) not in kept:
            email = None if who == "anon" else schools["north"]["people"][who]["email"]
            kept[who, mode] = Eyes(chromium, live.url, email, mode)
        return kept[who, mode]

    return find
