"""What could not be saved stays where it was typed, and the page says so."""

import os

import pytest
from playwright.sync_api import expect

from tests.e2e.demo_school import add, make_course, open_to_all, publish, sign_in
from tests.e2e.server import Site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The demo school."""
    running = Site(tmp_path_factory.mktemp("unsaved"), os.environ.get("DATABASE_URL", ""))
    running.start(demo=True)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def quiz(chromium, site):
    """An open course with a quiz of one question."""
    context = chromium.new_context(base_url=site.url)
    page = sign_in(context.new_page(), site, "tomasz")
    make_course(page, "Sums")
    add(page, "Sums", "Quiz")
    page.locator("#id_questions").fill("How much is 1 and 1?\n* 2\n- 3")
    publish(page)
    page.goto("/")
    add(page, "Sums", "Quiz")
    page.get_by_label("Title").fill("Halves")
    page.locator("#id_questions").fill("Half of 5?\n= 2.5\n\nHalf of 9?\n= 4.5")
    publish(page)
    open_to_all(page, "sums")
    context.close()


@pytest.mark.parametrize(("status", "who"), [(503, "noa"), (403, "suda"), (401, "tevita")])
def test_a_quiz_is_finished_with_all_its_answers_or_not_at_all(status, who, site, window, quiz):
    page = sign_in(window(), site, who)
    page.goto("/catalog")
    page.get_by_role("button", name="Join Sums").click()
    page.wait_for_url("**/courses/sums")
    page.get_by_role("link", name="Quiz").first.click()
    page.get_by_role("button", name="Start").click()
    page.get_by_role("radio").first.wait_for()
    page.wait_for_load_state()
    page.route("**/answers/*", lambda route: route.fulfill(status=status, body="No."))
    page.get_by_role("radio", name="2").check()
    page.get_by_role("button", name="Finish").click()

    words = "Sign in again in another tab" if status == 401 else "Not finished"
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_role("button", name="Finish")).to_be_visible()

    page.unroute("**/answers/*")
    expect(page.get_by_text("All answers saved")).to_be_visible()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("heading", name="Question 1 of 1")).to_be_visible()
    expect(page.get_by_text("1 of 1", exact=True)).to_be_visible()


def test_an_answer_that_is_refused_stays_and_says_why(site, window, quiz):
    page = sign_in(window(), site, "hiroshi")
    page.goto("/catalog")
    page.get_by_role("button", name="Join Sums").click()
    page.get_by_role("link", name="Halves").first.click()
    page.get_by_role("button", name="Start").click()
    page.wait_for_load_state()
    page.get_by_label("Half of 5?").fill("two or so")
    expect(page.get_by_role("alert").filter(has_text="Write a number")).to_be_visible()
    page.get_by_label("Half of 9?").fill("4.5")
    expect(page.get_by_text("An answer is not saved")).to_be_visible()

    page.reload()
    expect(page.get_by_label("Half of 5?")).to_have_value("two or so")
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_label("Half of 5?")).to_be_focused()
    expect(page.get_by_role("button", name="Finish")).to_be_visible()

    page.get_by_label("Half of 5?").fill("2.5")
    expect(page.get_by_text("All answers saved")).to_be_visible()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("2 of 2", exact=True)).to_be_visible()


def test_no_other_form_takes_away_what_is_not_saved(site, window):
    page = sign_in(window(), site, "omar")
    open_editor(page, site)
    editor = page.locator("#edit .tiptap")
    editor.click()
    page.route("**/autosave", lambda route: route.abort())
    page.keyboard.type("Words of mine.")
    page.get_by_role("button", name="Add a condition").click()

    expect(page.get_by_text("Not saved yet")).to_be_visible()
    expect(editor).to_be_focused()
    expect(editor).to_contain_text("Words of mine.")

    page.unroute("**/autosave")
    with page.expect_navigation():
        page.get_by_role("button", name="Add a condition").click()
    expect(editor).to_contain_text("Words of mine.")


@pytest.mark.parametrize("slow", ["autosave", "edit"])
def test_who_writes_saves_and_publishes_is_never_in_their_own_way(slow, site, window):
    page = sign_in(window(), site, "omar")
    open_editor(page, site)
    refused, editor = [], page.locator("#edit .tiptap")
    page.on("response", lambda answer: answer.status > 399 and refused.append(answer.url))
    editor.click()
    page.keyboard.type("First. ")
    page.route(f"**/{slow}", lambda route: (page.wait_for_timeout(1500), route.continue_()))
    with page.expect_request("**/autosave"):
        page.keyboard.type("Second. ")
    page.get_by_role("button", name="Save and publish").click()
    editor.click()
    page.keyboard.type("Third. ")

    expect(page.get_by_text("Learners see it now")).to_be_visible()
    page.unroute(f"**/{slow}")
    editor.click()
    with page.expect_response("**/autosave"):
        page.keyboard.type("Fourth.")
    expect(page.locator("#saved")).to_contain_text("Saved at")
    assert refused == []


def open_editor(page, site):
    """Open the editor of a page of the demo school."""
    ((slug, key),) = site.sql(
        "SELECT c.slug, a.key FROM courses_activity a JOIN courses_course c ON c.id = a.course_id"
        " WHERE a.kind = 'page' AND a.removed_at IS NULL ORDER BY a.id LIMIT 1"
    )
    page.goto(f"/courses/{slug}/{key}/edit")
