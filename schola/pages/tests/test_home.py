"""Home says what waits for whoever opens it."""

import pytest

from schola.kernel import clock
from schola.kernel.models import Job
from schola.people.actions import add_person


@pytest.fixture
def home(signed_in, otto):
    return signed_in(otto)


def test_an_administrator_sees_what_failed_and_who_has_not_come(home, failed_job):
    add_person("new@example.org", "")

    page = home.get("/").text

    assert "1 background job failed" in page
    assert "1 invitation is not taken up" in page


def test_an_administrator_for_whom_nothing_waits_is_told_so(home):
    page = home.get("/").text

    assert "All jobs ran, and no invitation is open." in page
    assert "Nothing here yet" not in page


def test_a_learner_sees_nothing_of_it(signed_in, ada, failed_job):
    assert "background job" not in signed_in(ada).get("/").text


@pytest.fixture
def failed_job(school):
    now = clock.now()
    return Job.objects.create(name="sums", state=Job.State.FAILED, run_at=now, made_at=now)
