"""What several tests do in the demo school before they begin."""

from playwright.sync_api import expect

PASSWORD = "schola-demo-2026"
TEN = "\n\n".join(f"How much is {n} and 1?\n* {n + 1}\n- {n}" for n in range(1, 11))


def sign_in(page, site, who):
    """Sign one of the demo school in and return their page, on Home."""
    page.goto("/signin")
    page.get_by_label("E-mail address").fill(f"{who}@northgate.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site.url}/")
    return page


def make_course(page, title):
    """From Home: a course with nothing in it yet."""
    page.get_by_role("link", name="New course").click()
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Create").click()
    page.goto("/")


def add(page, course, kind):
    """From Home: a new activity at the end of a course, on its edit page."""
    card = page.get_by_role("article").filter(has_text=course)
    card.get_by_text("Add", exact=False).first.click()
    card.get_by_role("button", name=kind, exact=True).click()
    page.wait_for_url("**/edit")


def publish(page):
    """Publish the activity whose edit page is open."""
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Learners see it")).to_be_visible()


def open_to_all(page, slug):
    """Let anybody join the course, and publish it."""
    page.goto(f"/courses/{slug}/setup")
    page.get_by_label("Who may join").select_option("open")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"/courses/{slug}/edit")
    page.get_by_role("button", name="Publish the course").click()
    expect(page.get_by_text("Learners see the course now")).to_be_visible()


def make_open_course(page, due):
    """Make a course that anybody may join, with a quiz of ten and an assignment, both due then."""
    make_course(page, "Mental arithmetic")
    for kind, field, text in (("Quiz", "#id_questions", TEN), ("Assignment", ".tiptap", "Add up.")):
        page.goto("/")
        add(page, "Mental arithmetic", kind)
        page.locator(field).fill(text)
        page.get_by_label("Due").fill(due)
        publish(page)
    open_to_all(page, "mental-arithmetic")
