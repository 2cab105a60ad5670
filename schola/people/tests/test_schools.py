"""The first run, the school's look, its jobs."""

import pytest

from schola.kernel.jobs import job, run_waiting
from schola.kernel.models import Job, Organization
from schola.kernel.tenants import everywhere
from schola.people.colors import brand_css, contrast, lighter
from schola.people.models import Person

WORDS = {
    "name": "Northgate", "brand_color": "#01614d", "language": "en", "time_zone": "Europe/Berlin",
    "full_name": "Omar Said", "email": "omar@example.org", "password": "correct horse battery",
}  # fmt: skip


@job(tries=1)
def always_fails():
    raise RuntimeError("no luck")


@job(label="Does nothing")
def does_nothing():
    pass


def test_an_empty_site_leads_to_its_first_run(client, db):
    assert client.get("/").headers["Location"] == "/welcome"
    assert client.get("/welcome").status_code == 200

    answer = client.post("/welcome", WORDS, follow=True)

    assert "Hello, Omar Said" in answer.text
    assert client.get("/people").status_code == 200
    assert client.post("/welcome", WORDS).status_code == 404
    with everywhere():
        assert Organization.objects.count() == Person.objects.across().count() == 1


def test_a_colour_nobody_could_read_is_refused(signed_in, otto, school):
    words = {"name": "X", "brand_color": "#ffd400", "language": "en", "time_zone": "UTC"}

    answer = signed_in(otto).post("/settings/school", words)

    assert answer.status_code == 422
    assert "Go darker" in answer.text


def test_a_good_colour_is_on_every_page(signed_in, otto, school):
    words = {"name": "X", "brand_color": "#7A1FA2", "language": "en", "time_zone": "UTC"}
    browser = signed_in(otto)

    browser.post("/settings/school", words)

    assert '<link rel="stylesheet" href="/brand/7a1fa2.css">' in browser.get("/").text
    assert "--primary:#7a1fa2" in browser.get("/brand/7a1fa2.css").text


@pytest.mark.parametrize("color", ["#000000", "#7a1fa2", "#01614d", "#8b0000"])
def test_any_colour_that_is_taken_is_readable_in_the_dark(color):
    assert contrast(lighter(color), "#0c1616") >= 7
    assert brand_css(color).count("{") == brand_css(color).count("}")


def test_a_failed_job_is_read_and_tried_again(signed_in, otto):
    always_fails.enqueue()
    run_waiting()
    row = Job.objects.get(name=always_fails.name)
    browser = signed_in(otto)

    page = browser.get("/settings/jobs?state=failed").text
    assert "no luck" in page.partition("What went wrong")[2]
    assert always_fails.name in page.partition("What went wrong")[2]
    browser.post(f"/settings/jobs/{row.pk}", {"replay": "1"})

    row.refresh_from_db()
    assert row.state == Job.State.WAITING


def test_a_job_that_did_not_fail_has_no_name_of_the_program(signed_in, otto):
    does_nothing.enqueue()
    run_waiting()

    page = signed_in(otto).get("/settings/jobs").text

    assert "Does nothing" in page
    assert does_nothing.name not in page
