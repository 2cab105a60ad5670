"""A file on its way is cancelled by its button, and by leaving the page: the school forgets it."""

import time

import pytest
from playwright.sync_api import expect

from tests.e2e.eyes import Eyes

pytestmark = pytest.mark.browser
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(500_000)
STATUS = "url => fetch(url, { method: 'HEAD' }).then(answer => answer.status)"
NO_ANSWER = """() => {
  const real = window.fetch
  window.fetch = async (url, options) => {
    const answer = await real(url, options)
    if (options?.method !== "PATCH") return answer
    window.taken = answer.status
    return new Promise((_, fail) => options.signal.addEventListener("abort", fail))
  }
}"""  # to a piece, which the server takes
DATA = {"name": "long film.mp4", "mimeType": "video/mp4", "buffer": FILM}


@pytest.fixture
def page(live, north, chromium):
    """Lena's page of a film."""
    eyes = Eyes(chromium, live.url, north["people"]["lena"]["email"], "phone, light")
    page = eyes.context.new_page()
    course, item = north["courses"]["A"], north["items"]["A"]["video"]
    page.goto(f"{live.url}/courses/{course}/{item}/edit")
    yield page
    page.close()


@pytest.fixture
def sending(page):
    """Send a film over a line that holds every piece back."""
    page.route("**/film-pieces/*", lambda r: r.request.method != "PATCH" and r.continue_())
    with page.expect_response("**/film-pieces") as begun:
        choose(page)
    page.begun = begun.value.headers["location"]
    return page


def choose(page):
    page.locator("#film input[type=file]").set_input_files(DATA)


def cancel(page):
    page.get_by_role("button", name="Cancel the upload").click()


def test_the_button_cancels(sending):
    button = sending.get_by_role("button", name="Cancel the upload")
    assert button.bounding_box()["height"] >= 24

    with sending.expect_response("**/film-pieces/*") as gone:
        button.press("Enter")

    assert gone.value.status == 204
    expect(sending.get_by_text("Cancelled. Nothing was kept of it.")).to_be_visible()
    expect(button).to_be_hidden()
    field = sending.locator("#film input[type=file]")
    expect(field).to_be_focused()
    assert field.input_value() == ""
    assert not sending.evaluate("window.refused")


def test_the_button_cancels_what_is_not_open_yet(page):
    held = []
    page.route("**/film-pieces", lambda route: held.append(route))
    with page.expect_request("**/film-pieces"):
        choose(page)
    cancel(page)
    expect(page.get_by_role("button", name="Cancel the upload")).to_be_hidden()

    with page.expect_response("**/film-pieces/*") as gone:
        held[0].continue_()

    assert (gone.value.request.method, gone.value.status) == ("DELETE", 204)
    expect(page.get_by_text("Cancelled. Nothing was kept of it.")).to_be_visible()


def test_what_has_arrived_before_the_button_is_told_so(page):
    page.evaluate(NO_ANSWER)
    choose(page)
    assert comes_to(lambda: page.evaluate("() => window.taken"), 200)

    cancel(page)

    expect(page.get_by_text("It had arrived already when you cancelled.")).to_be_visible()
    expect(page.locator("#film input[type=file]")).to_be_enabled()


def test_leaving_the_page_cancels(sending, live):
    expect(sending.get_by_role("button", name="Cancel the upload")).to_be_visible()

    sending.goto(f"{live.url}/")

    assert comes_to(lambda: sending.evaluate(STATUS, sending.begun), 404)


def test_what_is_refused_is_told_in_red_and_not_asked_for_again(page):
    sent = []
    page.on("request", lambda request: request.method != "GET" and sent.append(request.method))
    no_film = DATA | {"buffer": b"%PDF-1.7" + bytes(500)}

    page.locator("#film input[type=file]").set_input_files(no_film)

    alert = page.locator("#film").get_by_role("alert")
    expect(alert).to_contain_text("This file is no real MP4, or it is damaged.")
    expect(alert).to_have_class("note bad")
    expect(page.locator("#film input[type=file]")).to_be_enabled()
    assert sent == ["POST", "PATCH"]


def comes_to(ask, wanted, seconds=10):
    """Tell whether the answer becomes this one in time."""
    until = time.monotonic() + seconds
    while ask() != wanted and time.monotonic() < until:
        time.sleep(0.1)
    return ask() == wanted
