"""What is derived is made anew from what learners did, and comes out the same."""

from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from schola.completion.models import Certificate, Completion
from schola.completion.rebuilding import rebuild
from schola.courses.actions import change_activity, change_course, remove_activity
from schola.courses.activity_types import Result, Score
from schola.grading.models import CourseGrade, Fact
from schola.kernel.jobs import run_waiting
from schola.records.actions import begin, close, finish, record, saw, tick
from schola.records.models import CourseProgress, Progress
from schola.records.standing import standing

DERIVED = {
    Progress: ("seat_id", "activity_id", "first_at", "last_at", "seconds", "marks", "finished_at"),
    CourseProgress: ("seat_id", "finished", "last_activity_id", "last_at"),
    Fact: ("seat_id", "item_id", "raw", "scores", "override", "state", "at"),
    CourseGrade: ("seat_id", "earned", "possible", "fraction", "at"),
    Completion: ("seat_id", "completed_at", "fraction"),
}


def derived():
    return {
        model.__name__: sorted(model.objects.values_list(*fields), key=lambda row: row[:2])
        for model, fields in DERIVED.items()
    }


def scored(seat, activity, earned):
    score = Score(Decimal(earned), Decimal(10))
    return record(seat.pk, activity.pk, Result(verb="completed", finished=True, score=score))


@pytest.fixture
def learned(seat, add, course):
    """A learner who has read, ticked, failed once, passed, and completed the course."""
    page = add("page", rule={"when": "viewed"}, required=True)
    ticked = add("page", rule={"when": "ticked"}, required=True)
    quiz = add("quiz", points=10, rule={"when": "passed", "fraction": 0.6}, required=True)
    page_facts = type("Facts", (), {"id": page.pk, "published_id": page.published_id, "rule": {}})
    saw(seat, page_facts, first=True)
    scored(seat, quiz, "3")
    scored(seat, quiz, "7")
    tick(seat.pk, ticked.pk, True)
    assert Completion.objects.get(seat=seat).completed_at
    return seat


def test_a_rebuild_changes_nothing_that_is_right(learned):
    before = derived()

    rebuild()
    rebuild()

    assert derived() == before


def test_what_was_lost_or_spoiled_comes_back_as_it_was(learned):
    before, certificates = derived(), Certificate.objects.count()
    CourseProgress.objects.all().delete()
    CourseGrade.objects.update(earned=1, fraction=Decimal("0.01"))
    Fact.objects.all().delete()
    Progress.objects.filter(activity__kind="page").delete()
    Progress.objects.update(finished_at=None)
    Completion.objects.update(completed_at=None)

    rebuild()

    assert derived() == before
    assert Certificate.objects.count() == certificates


def test_what_is_not_true_is_taken_back(learned):
    before = derived()
    Progress.objects.filter(activity__kind="quiz").update(finished_at=F("last_at"))
    Progress.objects.filter(activity__rule__when="ticked").update(marks={})

    rebuild()

    assert not Progress.objects.get(activity__rule__when="ticked").finished_at
    assert Completion.objects.get().completed_at is None
    assert derived()["Fact"] == before["Fact"]


def test_overrides_and_points_without_an_attempt_stay(learned, add):
    Fact.objects.update(override=9)
    other = add("assignment", points=20)
    Fact.objects.create(seat=learned, item=other.grade_items.get(), raw=15, at=learned.started_at)

    rebuild()

    assert set(Fact.objects.values_list("raw", "override")) == {(7, 9), (15, None)}
    assert CourseGrade.objects.get().earned == 24


def test_a_column_that_is_worth_something_else_is_counted_anew(learned, add):
    quiz = learned.course.activities.get(kind="quiz")
    change_activity(quiz, quiz.revision, points=20)
    run_waiting()

    assert Fact.objects.get().raw == 14
    assert CourseGrade.objects.get().possible == 20


@pytest.fixture
def closed(seat, add):
    """Close an attempt at a SCORM package: failed, or with success."""

    def make(success):
        package = add("scorm", points=10, rule={"when": "activity"}, required=True)
        attempt = begin(seat.pk, package.pk)
        score = Score(Decimal(8 if success else 3), Decimal(10))
        verb = "passed" if success else "failed"
        with standing(seat.pk) as here:
            said = Result(
                verb=verb, finished=success, score=score, success=success, attempt=attempt.pk
            )
            close(here, attempt, said)
        return package

    return make


@pytest.mark.parametrize("success", [True, False])
def test_only_a_package_that_was_finished_is_done(seat, closed, success):
    package = closed(success)
    before = derived()

    rebuild()

    assert derived() == before
    assert bool(Progress.objects.get(activity=package).finished_at) is success
    assert Certificate.objects.exists() is success

    Progress.objects.all().delete()
    rebuild()

    assert bool(Progress.objects.get(activity=package).finished_at) is success


@pytest.mark.parametrize("success", [True, False])
def test_a_course_that_counts_in_another_way_finishes_no_failed_package(seat, closed, success):
    package = closed(success)

    change_activity(package, package.revision, points=20)
    run_waiting()

    assert CourseGrade.objects.get().possible == 20
    assert bool(Progress.objects.get(activity=package).finished_at) is success
    assert Certificate.objects.exists() is success


def test_what_was_handed_in_and_what_was_seen_are_done(seat, add):
    essay = add("assignment", points=10, rule={"when": "handed_in"})
    film = add("video", rule={"when": "activity"})
    finish(begin(seat.pk, essay.pk).pk, Result(verb="completed", finished=True))
    record(seat.pk, film.pk, Result(verb="completed", finished=True, response={"share": 0.9}))
    before = derived()["Progress"]
    Progress.objects.update(finished_at=None)

    rebuild()

    assert derived()["Progress"] == before
    assert Progress.objects.exclude(finished_at=None).count() == 2


def test_a_tick_finishes_nothing_that_is_finished_in_another_way(seat, add):
    film = add("video", rule={"when": "ticked"})
    tick(seat.pk, film.pk, True)
    change_activity(film, film.revision, rule={"when": "activity"})
    Progress.objects.update(finished_at=None)

    rebuild()

    assert not Progress.objects.get().finished_at


@pytest.mark.parametrize("ease", ["optional", "removed", "pass mark"])
def test_a_course_that_asks_for_less_is_completed_by_who_has_that(seat, add, course, ease):
    page = add("page", rule={"when": "ticked"}, required=True)
    other = add("page", rule={"when": "ticked"}, required=ease != "pass mark")
    quiz = add("quiz", points=10, required=False)
    change_course(course, course.revision, pass_fraction=Decimal("0.6"))
    scored(seat, quiz, "5" if ease == "pass mark" else "7")
    tick(seat.pk, page.pk, True)
    run_waiting()
    assert not Completion.objects.exclude(completed_at=None).exists()

    if ease == "optional":
        change_activity(other, other.revision, required=False)
    elif ease == "removed":
        remove_activity(other)
    else:
        change_course(course, course.revision, pass_fraction=Decimal("0.5"))
    run_waiting()

    assert Completion.objects.get().completed_at
    assert Certificate.objects.exists()


def test_the_command_takes_one_course_or_all(learned, capsys):
    CourseGrade.objects.all().delete()

    call_command("rebuild", learned.course.slug)

    assert CourseGrade.objects.count() == 1
    assert "School: 1 seats" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("rebuild", "no-such-course")
