"""What keeps a learner from an activity keeps their work out, whatever address it is sent to."""

import pytest

from schola.courses.actions import (
    add_module,
    move_activity,
    remove_activity,
    set_prerequisites,
    unpublish_course,
)
from schola.courses.activity_types import activity_types
from schola.enrollment.actions import end_enrollments, enroll
from schola.people.models import Person
from schola.records.models import Attempt, Progress

SENT = {
    "act": {"done": "1"}, "spent": {"seconds": "15"},
    "start": {}, "hand-in": {"text": "Work"}, "seen": {"spans": "0-1"},
}  # fmt: skip
CLOSED = {
    "a hidden course": lambda activity, ada: unpublish_course(activity.course),
    "a removed activity": lambda activity, ada: remove_activity(activity),
    "a seat that has ended": lambda activity, ada: end_enrollments([ada.pk], activity.course),
}
KINDS = {"act": "page", "spent": "page", "start": "quiz", "hand-in": "assignment", "seen": "video"}


@pytest.fixture(params=SENT)
def door(request, add, seat):
    """Return what makes an activity in Ada's course, and what is sent to which address of it."""
    add("page", title="First", rule={"when": "ticked"})
    kind = KINDS[request.param]
    fields = {"rule": {"when": "ticked"}} if kind == "page" else {}
    config = activity_types[kind].example

    def make(publish=True):
        return add(kind, publish=publish, config=config, **fields)

    return make, request.param, SENT[request.param]


def send(browser, activity, where, body, query=""):
    return browser.post(f"/courses/algebra/{activity.key}/{where}{query}", body)


def nothing_is_kept():
    return not (Attempt.objects.exists() or Progress.objects.exists())


@pytest.mark.parametrize("what", CLOSED)
def test_what_is_closed_takes_no_work(door, signed_in, ada, what):
    make, where, body = door
    activity = make()
    CLOSED[what](activity, ada)

    answer = send(signed_in(ada), activity, where, body)

    assert answer.status_code == 404
    assert nothing_is_kept()


def test_an_activity_that_was_never_published_takes_no_work(door, signed_in, ada):
    make, where, body = door

    answer = send(signed_in(ada), make(publish=False), where, body)

    assert answer.status_code == 404
    assert nothing_is_kept()


def around(activity):
    """Put the activity into a module of a new module; return that one."""
    outer = add_module(activity.course, "Outer")
    move_activity(activity, add_module(activity.course, "Inner", outer), 0)
    return outer


@pytest.mark.parametrize("find", [lambda activity: activity, around], ids=["itself", "its modules"])
def test_what_is_locked_takes_no_work_and_says_why(door, signed_in, ada, find):
    make, where, body = door
    activity = make()
    first = activity.course.activities.get(title="First")
    set_prerequisites(find(activity), {"kind": "completion", "activity": first.pk})

    answer = send(signed_in(ada), activity, where, body)

    assert answer.status_code == 403
    assert "you finish “First”" in answer.text
    assert nothing_is_kept()


@pytest.mark.parametrize("where", ["act", "spent"])
def test_who_teaches_and_learns_in_a_course_works_in_their_own_seat(
    add, seat, tove, course, signed_in, where
):
    page = add("page", rule={"when": "ticked"})
    own = enroll(tove, course)
    browser = signed_in(Person.objects.get(pk=tove.pk))

    send(browser, page, where, SENT[where], query=f"?as={seat.pk}")

    assert [row.seat_id for row in Progress.objects.all()] == [own.pk]
