"""Somebody who has never seen Schola: from an empty site to a learner's finished lesson."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD
from tests.e2e.counting import COUNTER, counted

pytestmark = pytest.mark.browser
MOST_CLICKS = 40


def test_a_stranger_gets_a_learner_through_a_lesson(site, window, capsys):
    office, learner = window(), window(width=390)
    for page in (office, learner):
        page.add_init_script(COUNTER)

    open_a_school(office)
    write_a_course(office)
    bring_a_learner(office)
    learn(learner, site)

    clicks = counted(office).clicks + counted(learner).clicks + 1  # the link in the mail
    with capsys.disabled():
        print(f"\nA stranger needs {clicks} clicks, at most {MOST_CLICKS}")  # noqa: T201
    assert clicks <= MOST_CLICKS
    assert site.sql("SELECT 1 FROM completion_completion WHERE completed_at IS NOT NULL")


def open_a_school(page):
    page.goto("/")
    page.get_by_label("Name of the school").fill("Northgate College")
    page.get_by_label("Your name").fill("Omar Said")
    page.get_by_label("Your e-mail address").fill("omar@example.org")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Open the school").click()


def write_a_course(page):
    page.get_by_role("link", name="New course").click()
    page.get_by_label("Title").fill("First steps")
    page.get_by_role("button", name="Create").click()
    page.get_by_role("textbox", name="Title", exact=True).fill("Welcome")
    page.get_by_label("Kind").select_option(label="Page")
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator(".tiptap").fill("Read this first.")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Learners see it when the course is published")).to_be_visible()
    page.get_by_role("link", name="Build").click()
    page.get_by_role("button", name="Publish the course").click()
    expect(page.get_by_text("Learners see the course now")).to_be_visible()


def bring_a_learner(page):
    page.get_by_role("link", name="People").first.click()
    page.get_by_role("link", name="Add a person").click()
    page.get_by_role("dialog").get_by_label("E-mail address").fill("amara@example.org")
    page.get_by_role("button", name="Add and invite").click()
    expect(page.get_by_text("gets an invitation")).to_be_visible()
    page.get_by_role("link", name="Home").first.click()
    page.get_by_text("Add to First steps").click()
    page.get_by_role("link", name="A person").click()
    page.get_by_label("E-mail address, number or name").fill("amara@example.org")
    page.get_by_role("button", name="Enroll", exact=True).click()
    expect(page.get_by_role("link", name="amara", exact=True)).to_be_visible()


def learn(page, site):
    page.goto(site.link_for("amara@example.org"))
    page.get_by_label("Your name").fill("Amara Okafor")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Start").click()
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_text("Read this first.")).to_be_visible()
    expect(page.get_by_text("Done", exact=True)).to_be_visible()
