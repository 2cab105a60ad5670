"""What only a script can do is not offered where there is none."""

import os

import pytest

from tests.e2e.demo_school import sign_in
from tests.e2e.server import Site

pytestmark = pytest.mark.browser
OF_KIND = (
    "SELECT c.slug, a.key FROM courses_activity a JOIN courses_course c ON c.id = a.course_id"
    " WHERE a.kind = '{}' AND a.removed_at IS NULL ORDER BY a.id LIMIT 1"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The demo school."""
    running = Site(tmp_path_factory.mktemp("plain"), os.environ.get("DATABASE_URL", ""))
    running.start(demo=True)
    yield running
    running.stop()


def test_no_page_shows_what_is_hidden_until_a_script_comes(site, window):
    page = sign_in(window(java_script_enabled=False), site, "omar")
    ((film_course, film),) = site.sql(OF_KIND.format("video"))
    ((paper_course, paper),) = site.sql(OF_KIND.format("document"))
    page.goto(f"/courses/{film_course}/setup")
    page.get_by_label("Who may join").select_option("open")
    page.get_by_role("button", name="Save", exact=True).click()

    for address, what in (
        (f"{film_course}/people", "copy-text button"),
        (f"{film_course}/{film}", ".player .controls"),
        (f"{paper_course}/{paper}/edit", "file-drop button"),
    ):
        page.goto(f"/courses/{address}")
        assert page.locator(what).count() == 1, address
        assert page.locator("[hidden]:visible").all_inner_texts() == [], address
