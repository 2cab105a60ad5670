"""On one's own machine a page leads to the name of the site, so that pictures show."""

import pytest

OPENED = {"sec-fetch-dest": "document"}


@pytest.fixture
def by_number(client, school, settings):
    settings.SITE_URL = "http://schola.localhost:8000"
    return lambda path, **more: client.get(path, headers={"host": "127.0.0.1:8101"} | more)


def test_a_page_that_is_opened_by_a_number_leads_to_the_name_of_the_site(by_number):
    answer = by_number("/signin?next=/me", **OPENED)

    assert answer.status_code == 302
    assert answer.headers["Location"] == "http://schola.localhost:8101/signin?next=/me"


def test_who_is_no_browser_is_answered_under_the_number(by_number):
    assert by_number("/signin").status_code == 200


def test_a_public_site_sends_nobody_elsewhere(by_number, settings):
    settings.SITE_URL = "https://learn.example.org"

    assert by_number("/signin", **OPENED).status_code == 200
