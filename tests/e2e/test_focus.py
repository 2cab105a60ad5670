"""Where the focus is: never under a bar, and after an act where the answer to it stands."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.test_journey import add_activity, open_the_school, publish

pytestmark = pytest.mark.browser
MOST_STOPS = 200
SUM = "How much is {0} and {0}?\n* {1}\n- {2}\n- {0}"
TEN = "\n\n".join(SUM.format(n, 2 * n, 2 * n + 1) for n in range(1, 11))
HIDDEN = """() => {
  const here = document.activeElement
  if (here === document.body || window.first === here) return null
  window.first ??= here
  const box = here.getBoundingClientRect()
  const { x, y, width, height } = box
  const places = [[0.5, 0.5], [0, 0.5], [1, 0.5], [0.5, 0], [0.5, 1]] // the middle, the edges
  const inside = (from, length, at) => from + Math.min(Math.max(length * at, 1), length - 1)
  const tops = places.map(([right, down]) =>
    document.elementFromPoint(inside(x, width, right), inside(y, height, down)))
  const own = [here, here.closest("label")].filter(Boolean)
  const name = (here.ariaLabel || here.name || here.textContent).trim().replace(/\\s+/g, " ")
  return tops.every(each => each && own.some(one => one.contains(each))) ? "" : name
}"""


@pytest.fixture(scope="module")
def course(chromium, site):
    """Open the school with a course of a quiz; return its slug and the cookies of its author."""
    context = chromium.new_context(base_url=site.url)
    page = open_the_school(context.new_page())
    page.get_by_role("link", name="New course").click()
    page.get_by_label("Title").fill("Sums")
    page.get_by_role("button", name="Create").click()
    page.wait_for_url("**/edit")
    slug = re.search(r"/courses/([^/]+)/", page.url).group(1)
    add_activity(page, "Ten sums", "Quiz")
    page.get_by_label("Questions").fill(TEN)
    publish(page)
    yield slug, context.storage_state()
    context.close()


@pytest.fixture
def author(window, course):
    """Open a page of the author's: author(width=320)."""
    return lambda **options: window(storage_state=course[1], **options)


def test_nothing_with_the_focus_lies_under_a_bar_in_a_quiz(author, course):
    page = author(width=320, height=640)
    begin_the_quiz(page, course[0])

    hidden = []
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate(HIDDEN)
        if found is None:
            break
        hidden += [found] if found else []

    assert hidden == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    assert page.complaints == []


def begin_the_quiz(page, slug):
    page.goto(f"/courses/{slug}/edit")
    if page.get_by_role("button", name="Publish the course").count():
        page.get_by_role("button", name="Publish the course").click()
    page.goto(f"/courses/{slug}/people")
    page.get_by_label("E-mail address, number or name").fill("omar@example.org")
    page.get_by_role("button", name="Enroll", exact=True).click()
    expect(page.get_by_role("link", name="Omar Said", exact=True)).to_be_visible()
    page.goto(f"/courses/{slug}")
    page.get_by_role("link", name="Ten sums").first.click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("button", name="Finish")).to_be_visible()
    page.wait_for_timeout(300)  # the cross-fade of the pages lies over them


def test_what_was_done_has_the_focus_after_a_page_is_loaded(author, course):
    page = author()
    page.goto(f"/courses/{course[0]}/setup")

    page.get_by_role("button", name="Save", exact=True).press("Enter")

    expect(page.locator("#notices > .note")).to_be_focused()


def test_a_condition_that_was_added_has_the_focus(author, course):
    page = author()
    page.goto(f"/courses/{course[0]}/edit")
    page.get_by_role("link", name="Ten sums").first.click()

    page.get_by_role("button", name="Add a condition").press("Enter")
    expect(page.get_by_label("The learner")).to_be_focused()
    page.get_by_label("The learner").select_option("from")
    page.get_by_label("Date and time").fill("2020-01-01T12:00")
    page.get_by_role("button", name="Save the conditions").press("Enter")

    expect(page.locator("#notices > .note")).to_be_focused()


def test_a_refused_form_has_the_focus_on_what_is_wrong(author):
    page = author()
    page.goto("/people/new")
    page.get_by_label("E-mail address").fill("nonsense")

    page.get_by_role("button", name="Add and invite").press("Enter")

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("E-mail address")).to_have_attribute("aria-invalid", "true")


def test_a_field_that_stays_on_the_page_says_what_is_wrong_with_it_and_no_longer_what_was(
    author, course
):
    page = author()
    page.goto(f"/courses/{course[0]}/edit")
    page.get_by_role("link", name="Ten sums").first.click()
    questions = page.get_by_label("Questions")

    questions.fill("How much is 1 and 1?")
    page.get_by_role("button", name=re.compile("Save and publish")).click()
    expect(questions).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#id_questions-error")).to_be_visible()

    questions.fill(TEN)
    page.get_by_role("button", name=re.compile("Save and publish")).click()
    expect(questions).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#id_questions-error")).to_have_count(0)
    assert page.complaints == [] or all("422" in each for each in page.complaints)


def test_the_account_menu_closes_when_the_focus_leaves_it(author):
    page = author(width=390)
    page.goto("/")
    menu = page.locator("details.account")

    menu.locator("summary").press("Enter")
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link", name="Profile and settings")).to_be_focused()
    for _stop in range(4):
        page.keyboard.press("Tab")

    expect(menu).not_to_have_attribute("open", "")


def test_the_tab_where_one_is_lies_in_the_strip(author):
    page = author(width=320)

    page.goto("/settings/audit")

    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=1)
