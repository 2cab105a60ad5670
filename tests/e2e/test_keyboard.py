"""A learner at 390 px does everything with the keyboard only: no pointer touches the page."""

import re

import pytest
from playwright.sync_api import expect

from schola.demo.media import make_media
from tests.e2e.conftest import PASSWORD
from tests.e2e.test_journey import (
    QUIZ,
    add_activity,
    add_person,
    bring,
    open_the_school,
    publish,
)

pytestmark = pytest.mark.browser
MOST_STOPS = 90


def test_everything_by_keys_alone(site, window, accept, tmp_path):
    office = open_the_school(window())
    course = make_a_course(office, {path.suffix: path for path in make_media(tmp_path)})
    add_person(office, "amara@example.org", "Amara Okafor")
    office.goto(f"/courses/{course}/people")
    office.get_by_label("E-mail address, number or name").fill("amara@example.org")
    office.get_by_role("button", name="Enroll", exact=True).click()
    expect(office.get_by_role("link", name="Amara Okafor", exact=True)).to_be_visible()
    accept(window(), "amara@example.org", "Amara Okafor")
    page = window(width=390)

    sign_in(page)
    press(page, page.get_by_role("link", name="Continue"))
    expect(page.get_by_text("Read me.")).to_be_visible()
    go_on(page, "The film")
    watch_the_film(page)
    go_on(page, "Formulas")
    expect(page.get_by_role("heading", name="Formulas", level=1)).to_be_visible()
    go_on(page, "Quiz 1")
    take_the_quiz(page)
    play_the_package(page)
    go_on(page, "Report")
    hand_in(page)

    site.soon("SELECT 1 FROM completion_completion WHERE completed_at IS NOT NULL")
    get_the_certificate(page)


def make_a_course(page, files):
    page.get_by_role("link", name="New course").click()
    page.get_by_label("Title").fill("Statistics")
    page.get_by_role("button", name="Create").click()
    page.wait_for_url("**/edit")
    add_activity(page, "What counts as data", "Page")
    page.locator(".tiptap").fill("Read me.")
    publish(page)
    bring(page, "The film", "Video", files[".mp4"])
    bring(page, "Formulas", "Document", files[".pdf"])
    add_activity(page, "Quiz 1: Spread", "Quiz")
    page.get_by_label("Questions").fill(QUIZ)
    page.get_by_label("Points").fill("10")
    publish(page)
    bring(page, "Try it", "SCORM package", files[".zip"])
    add_activity(page, "Report", "Assignment")
    page.locator(".tiptap").fill("Describe some data.")
    publish(page)
    page.get_by_role("link", name="Build").click()
    page.get_by_role("button", name="Publish the course").click()
    expect(page.get_by_text("Learners see the course now.")).to_be_visible()
    return re.search(r"/courses/([^/]+)/", page.url).group(1)


def sign_in(page):
    page.goto("/signin")
    tab_to(page, page.get_by_label("E-mail address"))
    page.keyboard.type("amara@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/$"))


def watch_the_film(page):
    """To the one stop that plays, twice as fast, and back to press it."""
    page.locator("video-player[data-ready]").wait_for()
    tab_to(page, page.get_by_label("Speed"))
    page.keyboard.press("End")
    expect(page.get_by_label("Speed")).to_have_value("2")
    tab_to(page, page.get_by_role("button", name="Play"), key="Shift+Tab")
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('video').ended", timeout=120_000)
    expect(page.get_by_text("100% watched")).to_be_visible()


def take_the_quiz(page):
    press(page, page.get_by_role("button", name="Start"))
    tab_to(page, page.locator("[data-slot] input").first)
    by_number(page, "Range")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    by_number(page, "True")
    page.keyboard.type("median")
    page.keyboard.press("Enter")
    by_number(page, "Mean", "Median")
    expect(page.get_by_role("button", name="Finish")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("5 of 5", exact=True)).to_be_visible()
    press(page, page.get_by_role("link", name="Go on"))
    expect(page.get_by_role("heading", name="Try it", level=1)).to_be_visible()


def by_number(page, *labels):
    """Press the numbers of these options of the question with the focus, and go on."""
    question = page.locator("[data-slot]:focus-within")
    place = "each => [...each.closest('[data-slot]').querySelectorAll('input')].indexOf(each) + 1"
    for label in labels:
        option = question.locator("label", has_text=label).locator("input")
        page.keyboard.press(str(option.evaluate(place)))
    page.keyboard.press("Enter")


def play_the_package(page):
    """Into the frame by Tab, through its pages, and out again."""
    press(page, page.get_by_role("button", name="Start"))
    package = page.frame_locator("iframe.package").frame_locator("iframe")
    following = package.get_by_role("button", name="Next")
    following.wait_for()
    for _page in range(3):
        tab_to(page, following)
        page.keyboard.press("Enter")
    for label in ("rises to 52", "stays at 30", "the median"):
        choose(page, package, label)
    tab_to(page, package.get_by_role("button", name="Check"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("100 of 100")).to_be_visible()  # without loading the page again
    expect(page.locator("#done").get_by_text("Done", exact=True)).to_be_visible()


def choose(page, package, label):
    """Tab to the group of the option, then go to it by arrow."""
    option = package.get_by_label(label, exact=True)
    group = option.locator("xpath=ancestor::fieldset").get_by_role("radio")
    tab_to(page, group.first)
    page.keyboard.press("Space")
    for _step in range(group.count()):
        if option.is_checked():
            return
        page.keyboard.press("ArrowDown")
    expect(option).to_be_checked()


def hand_in(page):
    tab_to(page, page.get_by_label("Your work"))
    page.keyboard.type("Seven deliveries and their minutes.")
    press(page, page.get_by_role("button", name="Hand in"))
    expect(page.get_by_text("Waiting for a mark")).to_be_visible()


def get_the_certificate(page):
    asked = []
    page.route("**/*.pdf", lambda route: (asked.append(route.request.url), shown(route)))
    press(page, page.get_by_role("link", name="Back to the outline"))
    page.get_by_role("link", name="My certificate").last.wait_for()
    assert page.complaints == []  # before our own page for the PDF, which breaks off the transition
    press(page, page.get_by_role("link", name="My certificate").last)
    expect(page.get_by_text("a PDF")).to_be_visible()
    assert "/certificates/" in asked[0]


def shown(route):
    """Answer with a page for the PDF, which Chromium without a window would only download."""
    route.fulfill(content_type="text/html", body="<title>x</title><p>a PDF</p>")


def go_on(page, title):
    press(page, page.get_by_role("link", name=re.compile(f"Next.*{title}")))
    expect(page.get_by_role("heading", name=re.compile(title), level=1)).to_be_visible()


def press(page, control, key="Tab"):
    tab_to(page, control, key)
    page.keyboard.press("Enter")


def tab_to(page, control, key="Tab"):
    """Press Tab until the control has the focus, wherever the focus was."""
    control.wait_for()
    here = "each => each === each.ownerDocument.activeElement && document.hasFocus()"
    for _stop in range(MOST_STOPS):
        if control.evaluate(here):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{MOST_STOPS} stops and not at {control}")
