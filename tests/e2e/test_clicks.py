"""What frequent tasks cost their user, against the column "Ours" of the design."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.counting import COUNTER, Cost, count_from_here, counted, not_counted, write_table
from tests.e2e.demo_school import add, make_open_course, sign_in
from tests.e2e.material import make_material
from tests.e2e.server import Site

pytestmark = pytest.mark.browser
TABLE: dict[str, tuple[str, Cost, Cost]] = {}
TOMORROW = f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%dT%H:%M}"
FIVE = "\n\n".join(f"How much is {n} and 2?\n* {n + 2}\n- {n}\n- {n + 1}" for n in range(1, 6))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The demo school."""
    running = Site(tmp_path_factory.mktemp("clicks"), os.environ.get("DATABASE_URL", ""))
    running.start(demo=True)
    yield running
    running.stop()
    if len(TABLE) >= 17:
        write_table(TABLE, Path(__file__).parents[2] / "docs" / "clicks.md")


@pytest.fixture
def home(window, site):
    """Open a window on Home as one of the demo school, and begin to count."""

    def make(who):
        page = window()
        page.add_init_script(COUNTER)
        sign_in(page, site, who)
        count_from_here(page)
        return page

    return make


@pytest.fixture(scope="module")
def open_course(chromium, site):
    """A course that anybody may join, with a quiz of ten and an assignment, due tomorrow."""
    context = chromium.new_context(base_url=site.url)
    make_open_course(sign_in(context.new_page(), site, "tomasz"), TOMORROW)
    context.close()
    return "/courses/mental-arithmetic"


@pytest.fixture
def seated(home, open_course):
    """Open Home as somebody who has just joined the open course."""

    def make(who):
        page = home(who)
        page.goto("/catalog")
        page.get_by_role("button", name="Join Mental arithmetic").click()
        page.wait_for_url(f"**{open_course}")
        page.goto("/")
        count_from_here(page)
        return page

    return make


def costs(key, name, page, target):
    """Hold a task to its target, the design's column "Ours", and keep the figure for the table.

    target  clicks, pages, fields
    """
    TABLE[key] = name, wanted, cost = name, Cost(*target), counted(page)
    assert cost.within(wanted), f"{key} costs {cost}; the target is {wanted}"


def test_l1_resume(home):
    page = home("elif")

    page.get_by_role("link", name="Continue").click()

    expect(page.get_by_role("article").get_by_role("heading", level=1)).to_be_visible()
    costs("L1", "Resume where I stopped", page, (1, 1, 0))


def test_l2_what_is_due(home):
    page = home("elif")

    expect(page.get_by_role("heading", name="Due soon")).to_be_visible()

    costs("L2", "See everything due", page, (0, 0, 0))


def test_l3_quiz_of_ten(seated):
    page = seated("suda")

    page.get_by_role("link", name="Quiz").first.click()
    page.get_by_role("button", name="Start").click()
    page.get_by_role("radio").first.wait_for()
    page.wait_for_load_state()  # before the script is there, Enter sends the form
    with not_counted(page):
        page.get_by_role("radio").first.focus()
        for _question in range(10):
            page.keyboard.press("1")
            page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Finish")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Question 10 of 10")).to_be_visible()
    expect(page.get_by_text("points", exact=False).first).to_be_visible()
    costs("L3", "Quiz of ten, without the answers", page, (3, 2, 0))


def test_l4_hand_in(seated, site):
    page = seated("tevita")

    page.get_by_role("link", name="Add up").first.click()
    page.get_by_label("Your work").fill("Four.")
    page.get_by_role("button", name="Hand in").click()

    expect(page.get_by_text("Waiting for a mark")).to_be_visible()
    assert site.sql("SELECT 1 FROM activities_assignment_submission WHERE text = 'Four.'")
    costs("L4", "Hand in a file or a text", page, (2, 1, 1))


def test_l5_new_feedback(home):
    page = home("yuki")

    page.get_by_role("link", name="was marked").first.click()

    expect(page.get_by_text("Marked").first).to_be_visible()
    costs("L5", "Read new feedback", page, (1, 1, 0))


def test_l8_join_an_open_course(home, open_course):
    page = home("noa")

    page.get_by_role("link", name="Find a course").click()
    page.get_by_role("button", name="Join Mental arithmetic").click()

    page.wait_for_url(f"**{open_course}")
    expect(page.get_by_role("heading", name="Mental arithmetic")).to_be_visible()
    costs("L8", "Join an open course", page, (2, 2, 0))


def test_l10_find_one_thing(home):
    page = home("elif")

    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    page.keyboard.type("deviation")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/courses/" in url or "/search" in url)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    costs("L10", "Find one thing in all my courses", page, (1, 1, 1))


def test_l11_certificate(home):
    page = home("yuki")
    # Chromium shows a PDF in a page of its own, which no script can count in.
    asked = []
    page.route("**/*.pdf", lambda route: (asked.append(route.request.url), _instead(route)))

    page.get_by_role("link", name="My certificate").first.click()

    expect(page.get_by_text("a PDF")).to_be_visible()
    assert "/certificates/" in asked[0]
    costs("L11", "Get my certificate", page, (1, 1, 0))


def _instead(route):
    route.fulfill(content_type="text/html", body="<title>x</title><p>a PDF</p>")


def test_t1_create_a_course(home):
    page = home("lena")

    page.get_by_role("link", name="New course").click()
    page.get_by_label("Title").fill("Probability")
    page.get_by_role("button", name="Create").click()

    page.wait_for_url("**/courses/probability/edit")
    costs("T1", "Create a course", page, (2, 1, 1))


def test_t2_add_a_lesson_with_text_and_video(home, site, tmp_path):
    page = home("lena")

    add(page, "Introduction to Statistics", "Video")
    with page.expect_response("**/autosave"):
        page.locator(".tiptap").fill("How far values lie apart.")
    page.locator("input[type=file]").first.set_input_files(make_material(tmp_path)["film"])

    expect(page.get_by_text("Replace the video")).to_be_visible(timeout=30_000)
    ((config,),) = site.sql(
        "SELECT v.config FROM courses_activity a JOIN courses_activityversion v"
        " ON v.id = a.draft_id WHERE a.title = 'How far values lie apart.'"
    )
    assert "file" in config
    assert "How far" in str(config)
    costs("T2", "Add a lesson with text and video", page, (2, 1, 2))


def test_t3_assignment_with_a_due_date(home, site):
    page = home("lena")

    add(page, "Introduction to Statistics", "Assignment")
    page.locator(".tiptap").fill("Measure ten things twice.")
    page.get_by_label("Due").fill(TOMORROW)
    page.get_by_role("button", name="Save and publish").click()

    expect(page.get_by_text("Learners see it now")).to_be_visible()
    assert site.sql(
        "SELECT 1 FROM courses_activity WHERE title = 'Measure ten things twice.'"
        " AND due_at IS NOT NULL AND published_id IS NOT NULL"
    )
    costs("T3", "Assignment with a due date", page, (3, 1, 2))


def test_t4_quiz_of_five(home, site):
    page = home("lena")

    add(page, "Introduction to Statistics", "Quiz")
    page.get_by_label("Title").fill("Adding two")
    page.get_by_label("Questions").fill(FIVE)
    page.get_by_role("button", name="Save and publish").click()

    expect(page.get_by_text("Learners see it now")).to_be_visible()
    ((config,),) = site.sql(
        "SELECT v.config FROM courses_activity a JOIN courses_activityversion v"
        " ON v.id = a.published_id WHERE a.title = 'Adding two'"
    )
    assert str(config).count("How much is") == 5
    costs("T4", "Quiz of five questions with choices", page, (6, 2, 2))


def test_t10_enroll_one_person(home):
    page = home("lena")

    card = page.get_by_role("article").filter(has_text="Introduction to Statistics")
    card.get_by_text("Add", exact=False).first.click()
    card.get_by_role("link", name="A person").click()
    page.get_by_label("E-mail address, number or name").fill("nora@northgate.example")
    page.get_by_role("button", name="Enroll", exact=True).click()

    expect(page.get_by_role("link", name="Nora Lindqvist", exact=True)).to_be_visible()
    costs("T10", "Enroll one known person", page, (3, 1, 1))


def test_t11_move_a_lesson_up(home):
    page = home("lena")

    items = page.get_by_role("region", name="Go on building").locator("[data-id]")
    key = items.nth(1).get_attribute("data-id")
    items.nth(1).get_by_role("link").first.focus()
    with page.expect_response("**/order") as saved:
        page.keyboard.press("Alt+ArrowUp")

    assert saved.value.status == 204
    expect(items.first).to_have_attribute("data-id", key)
    costs("T11", "Move a lesson up", page, (1, 0, 0))


def test_t13_see_it_as_a_learner(home):
    page = home("lena")

    page.get_by_role("link", name="See it as a learner Introduction to Statistics").click()

    expect(page.get_by_text("Nothing is recorded")).to_be_visible()
    costs("T13", "See it as a learner", page, (1, 1, 0))


def test_a1_import_200_people(home, site, tmp_path):
    page = home("omar")

    page.get_by_role("link", name="People").first.click()
    page.get_by_role("link", name="Import a file").click()
    page.locator("input[type=file]").set_input_files(make_material(tmp_path)["people"])
    expect(page.get_by_text("194 people would be added or changed.")).to_be_visible()
    page.get_by_role("button", name="Apply").click()

    expect(page.get_by_text("Done.")).to_be_visible(timeout=30_000)
    assert site.sql("SELECT 1 FROM people_person WHERE email = 'learner7@example.org'")
    costs("A1", "Import 200 people from a file", page, (3, 2, 1))


def test_a2_add_one_person(home):
    page = home("omar")

    page.get_by_role("link", name="People").first.click()
    page.get_by_role("link", name="Add a person").click()
    page.get_by_role("dialog").get_by_label("E-mail address").fill("new@northgate.example")
    page.get_by_role("button", name="Add and invite").click()

    expect(page.get_by_text("was added and gets an invitation")).to_be_visible()
    costs("A2", "Add one person", page, (3, 1, 1))
