"""A film for which there was no room on the disk is tried once more by a button."""

import io

import pytest

from schola.activities.video import transcoding
from schola.activities.video.actions import set_film
from schola.activities.video.models import Film
from schola.activities.video.tests.filming import film
from schola.kernel.files import store
from schola.kernel.jobs import run_waiting
from schola.kernel.models import Job

NO_ROOM = "There is no room for this file. Tell your administrator."


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def reserve(settings):
    """How much of the disk is kept free; all of it from now on."""
    usual, settings.RESERVE_BYTES = settings.RESERVE_BYTES, 10**18
    return usual


@pytest.fixture
def activity(add):
    """A video whose film is here, and not yet looked at."""
    made = add("video")
    set_film(made, store(io.BytesIO(film()), "a.mp4", "video"))
    return made


def address(activity, page):
    return f"/courses/algebra/{activity.key}/{page}"


def test_a_film_that_found_no_room_is_made_ready_by_the_button(
    signed_in, tove, activity, reserve, settings
):
    browser = signed_in(tove)
    run_waiting()
    page = browser.get(address(activity, "edit")).text
    assert NO_ROOM in page
    assert f'action="{address(activity, "film-again")}"' in page

    settings.RESERVE_BYTES = reserve
    answer = browser.post(address(activity, "film-again"), follow=True)

    assert "The video is made ready now; you may go on." in answer.text
    assert "<progress" in answer.text
    assert NO_ROOM not in answer.text
    run_waiting()
    assert Film.objects.get().state == "ready"
    assert [job.state for job in Job.objects.filter(lane="media")] == ["done"]


def test_a_job_that_has_given_up_goes_on_with_all_its_tries(
    signed_in, tove, activity, reserve, settings
):
    run_waiting()
    Job.objects.filter(lane="media").update(state="failed", tries=3)
    settings.RESERVE_BYTES = reserve

    signed_in(tove).post(address(activity, "film-again"))
    run_waiting()

    assert Film.objects.get().state == "ready"
    assert not Job.objects.filter(state="failed").exists()


def test_without_room_it_says_the_same_again(signed_in, tove, activity, reserve):
    browser = signed_in(tove)
    run_waiting()

    browser.post(address(activity, "film-again"))
    run_waiting()

    page = browser.get(address(activity, "edit")).text
    assert NO_ROOM in page
    assert "film-again" in page


def test_two_clicks_are_one_job(signed_in, tove, activity, reserve):
    browser = signed_in(tove)
    run_waiting()

    answers = [browser.post(address(activity, "film-again"), follow=True) for _ in range(2)]

    assert ["made ready now" in answer.text for answer in answers] == [True, False]
    assert Job.objects.filter(lane="media").count() == 1


def test_a_broken_film_is_not_offered_what_does_not_help(signed_in, tove, add):
    activity, browser = add("video"), signed_in(tove)
    set_film(activity, store(io.BytesIO(film()[:3000]), "a.mp4", "video"))
    run_waiting()

    page = browser.get(address(activity, "edit")).text
    answer = browser.post(address(activity, "film-again"))

    assert "Export it again" in page
    assert "film-again" not in page
    assert answer.status_code == 422
    assert "Export it again" in answer.text
    assert Film.objects.get().state == "broken"


def test_only_who_may_change_the_activity_tries_again(signed_in, ada, seat, tove, add, activity):
    assert signed_in(ada).post(address(activity, "film-again")).status_code == 403
    assert signed_in(tove).post(address(add("video"), "film-again")).status_code == 404


def test_no_second_job_begins_while_the_first_runs(signed_in, tove, activity, reserve):
    run_waiting()
    Job.objects.filter(lane="media").update(state="running")

    signed_in(tove).post(address(activity, "film-again"))

    assert [job.state for job in Job.objects.filter(lane="media")] == ["running"]


def test_while_it_is_tried_again_nothing_says_that_it_is_broken(
    activity, reserve, settings, monkeypatch
):
    run_waiting()
    settings.RESERVE_BYTES = reserve
    seen = []

    def look(*_args):
        seen.append(Film.objects.get().state)
        raise transcoding.Unplayable("It is no film.")

    monkeypatch.setattr(transcoding, "_look", look)
    transcoding.make_ready(film_id=Film.objects.get().pk)

    assert seen == ["waiting"]
    assert Film.objects.get().problem == "It is no film."
