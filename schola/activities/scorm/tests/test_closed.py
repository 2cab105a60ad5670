"""A package that runs while its course is closed to its learner reports no more."""

import pytest

from schola.completion.models import Certificate
from schola.courses.actions import remove_activity, set_prerequisites, unpublish_course
from schola.enrollment.actions import end_enrollments
from schola.records.models import Attempt, Progress


def taken_out(person, activity):
    end_enrollments([person.pk], activity.course)


def hidden(_person, activity):
    unpublish_course(activity.course)


def removed(_person, activity):
    remove_activity(activity)


@pytest.mark.parametrize("close", [taken_out, hidden, removed])
def test_what_is_closed_takes_no_report(scorm, started, ada, close):
    activity = scorm(rule={"when": "activity"})
    runner = started(activity)
    close(ada, activity)

    report = runner.send(lesson_status="passed", score__raw="80")

    assert (report.status_code, runner.get().status_code) == (404, 404)
    assert Attempt.objects.get().state == Attempt.State.OPEN
    assert not Progress.objects.filter(finished_at__isnull=False).exists()
    assert not Certificate.objects.exists()


def test_what_is_closed_puts_no_attempt_right(scorm, started, ada):
    activity = scorm()
    runner = started(activity)
    runner.send(lesson_status="failed", score__raw="20")
    taken_out(ada, activity)

    report = runner.send(lesson_status="passed", score__raw="80")

    assert report.status_code == 404
    assert Attempt.objects.get().earned == 20


def test_what_was_begun_goes_on_when_a_condition_comes_between(scorm, started, add):
    activity = scorm()
    runner = started(activity)
    first = add("page", rule={"when": "ticked"})
    set_prerequisites(activity, {"kind": "completion", "activity": first.pk})

    report = runner.send(lesson_status="passed", score__raw="80")

    assert report.status_code == 204
    assert Attempt.objects.get().earned == 80
