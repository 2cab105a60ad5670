"""A launch is over with the session in which it was begun."""

import pytest

from schola.kernel import presence
from schola.people.actions import suspend
from schola.people.models import Person, Session, User
from schola.records.models import Attempt


@pytest.fixture
def runner(scorm, started):
    made = started(scorm())
    assert made.get("play/index.html").status_code == 200
    return made


def suspended(person, by):
    suspend(person, by=by)


def suspended_by_an_import(person, _by):
    Person.objects.filter(pk=person.pk).update(suspended_at=person.created_at)


def given_a_new_password(person, _by):
    user = User.objects.get(pk=person.user_id)
    user.set_password("another long password")
    user.save()


def signed_out(person, _by):
    Session.objects.filter(person=person).delete()


@pytest.mark.parametrize(
    "end", [suspended, suspended_by_an_import, given_a_new_password, signed_out]
)
def test_nothing_of_it_is_answered_any_more(runner, ada, otto, end):
    end(ada, otto)

    report = runner.send(lesson_status="passed")
    page = runner.get("_run")
    presence.forget()  # as after two seconds
    piece = runner.get("play/index.html")

    assert (report.status_code, page.status_code, piece.status_code) == (404, 404, 404)
    assert Attempt.objects.get().state == Attempt.State.OPEN


def test_many_files_ask_once(runner, django_assert_num_queries):
    presence.forget()
    runner.get("play/index.html")

    with django_assert_num_queries(0):
        runner.get("play/index.html")
        runner.get("play/index.html")


def test_another_session_of_the_person_changes_nothing(runner, ada, signed_in):
    other = signed_in(ada)
    other.post("/signout")
    presence.forget()

    assert runner.get("play/index.html").status_code == 200
