"""A page that was opened too early shows its film by itself as soon as it is ready.

A school with a host of its own shows films, too: the browser lets its pages read what comes from
the content host, which is another site there.
"""

import pytest
from playwright.sync_api import expect

from tests.e2e.eyes import Eyes

pytestmark = pytest.mark.browser
SOUTH = "south.localhost"
READY_MS = 60_000  # of the encoder on a busy machine


@pytest.fixture
def waiting(live, north):
    """Let the video of Algebra wait for a film; return its address."""
    course, item = north["courses"]["A"], north["items"]["A"]["video"]
    live.run("tests.e2e.film", "", "send", course, item)
    return f"/courses/{course}/{item}"


def test_the_film_comes_to_the_page_that_waits(waiting, live, north, chromium):
    eyes = Eyes(chromium, live.url, north["people"]["amara"]["email"], "desk, light")
    page = eyes.context.new_page()
    page.goto(live.url + waiting)
    expect(page.get_by_text("It shows here by itself.")).to_be_visible()

    live.run("tests.e2e.film", "", "make")

    expect(page.get_by_role("combobox", name="Quality")).to_be_visible(timeout=READY_MS)
    expect(page.get_by_text("still being made ready")).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="The video is ready.")).to_have_count(1)
    assert_plays(page, "/film.m3u8")
    page.get_by_role("combobox", name="Quality").select_option("360p")
    assert_plays(page, "waiting.mp4")
    assert not page.evaluate("window.refused")
    page.close()


def test_a_film_plays_in_a_school_with_a_host_of_its_own(live, schools, chromium):
    south = schools["south"]
    course, item = south["courses"]["A"], south["items"]["A"]["video"]
    live.run("tests.e2e.film", SOUTH, "send", course, item)
    live.run("tests.e2e.film", SOUTH, "make")
    base = live.url.replace("schola.localhost", SOUTH)
    eyes = Eyes(chromium, base, south["people"]["amara"]["email"], "desk, light")
    page = eyes.context.new_page()
    page.goto(f"{base}/courses/{course}/{item}")

    expect(page.get_by_role("combobox", name="Quality")).to_be_visible(timeout=READY_MS)
    assert_plays(page, "/film.m3u8")
    page.get_by_role("combobox", name="Quality").select_option("360p")
    assert_plays(page, "waiting.mp4")
    assert not page.evaluate("window.refused")
    page.close()


def assert_plays(page, ending):
    """The video plays on, and it is this address that it plays."""
    page.wait_for_function("() => document.querySelector('video').readyState > 1")
    before = page.evaluate("() => document.querySelector('video').currentTime")
    page.evaluate(
        "async () => { const v = document.querySelector('video'); v.muted = true; await v.play() }"
    )
    page.wait_for_function(
        "at => document.querySelector('video').currentTime > at + 0.4", arg=before
    )
    page.evaluate("() => document.querySelector('video').pause()")
    assert page.evaluate("() => document.querySelector('video').currentSrc").endswith(ending)
