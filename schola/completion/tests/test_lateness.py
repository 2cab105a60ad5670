"""A due date that changes is felt at once by all that was counted from it."""

from datetime import timedelta
from decimal import Decimal
from threading import Event

import pytest
from django.db import transaction

from schola.completion.models import Completion
from schola.courses.actions import change_activity, change_course
from schola.courses.activity_types import Result, Score
from schola.courses.structure import structure_of
from schola.enrollment.actions import enroll
from schola.enrollment.models import Enrollment
from schola.grading.actions import lateness
from schola.grading.models import CourseGrade, Fact, GradeScheme
from schola.kernel import clock
from schola.kernel.jobs import run_waiting
from schola.kernel.models import Job
from schola.kernel.tests.writers import two_writers
from schola.records.actions import record

DAY = timedelta(days=1)


@pytest.fixture
def quiz(add, course):
    """A quiz that is due tomorrow, in a course that takes 20% a day and asks for 80% in total."""
    GradeScheme.objects.create(course=course, late_percent=20)
    course.refresh_from_db()
    change_course(course, course.revision, pass_fraction=Decimal("0.8"))
    return add("quiz", points=10, due_at=clock.now() + DAY, rule={"when": "passed"})


def score(seat, quiz, earned=9):
    result = Result(verb="completed", finished=True, score=Score(Decimal(earned), Decimal(10)))
    record(seat.pk, quiz.pk, result)


def move(quiz, due_at):
    change_activity(quiz, quiz.revision, due_at=due_at)


def test_an_earlier_date_makes_work_late_and_a_later_one_undoes_it(seat, quiz):
    score(seat, quiz)
    assert Completion.objects.get().completed_at

    move(quiz, clock.now() - DAY / 2)
    assert Fact.objects.get().raw == 7
    assert CourseGrade.objects.get().fraction == Decimal("0.7")
    assert Completion.objects.get().completed_at is None

    move(quiz, clock.now() + DAY)
    assert Fact.objects.get().raw == 9
    assert Completion.objects.get().completed_at


def test_without_a_date_nothing_is_late(seat, quiz):
    move(quiz, clock.now() - DAY / 2)
    score(seat, quiz)
    assert Fact.objects.get().raw == 7

    move(quiz, None)

    assert Fact.objects.get().raw == 9
    assert Fact.objects.get().scores == [["9.000000", 0]]


def test_many_are_counted_by_a_job(seat, quiz, person, course, monkeypatch):
    other = enroll(person("Ben Late"), course)
    score(seat, quiz)
    score(other, quiz)
    run_waiting()
    monkeypatch.setattr(lateness, "AT_ONCE", 1)

    move(quiz, clock.now() - DAY / 2)
    assert set(Fact.objects.values_list("raw", flat=True)) == {9}
    run_waiting()

    assert set(Fact.objects.values_list("raw", flat=True)) == {7}


def test_a_change_of_something_else_counts_nothing(seat, quiz, monkeypatch):
    score(seat, quiz)
    monkeypatch.setattr(lateness, "_seats", lambda _activity_id: 1 / 0)

    change_activity(quiz, quiz.revision, title="Another name")

    assert Fact.objects.get().raw == 9


def later():
    """Let what waits for a moment of its own run now."""
    Job.objects.filter(state="waiting").update(run_at=clock.now())
    run_waiting()


@two_writers
@pytest.mark.django_db(transaction=True)
def test_who_is_marked_while_the_date_moves_is_counted_by_the_new_one(seat, quiz, beside):
    written, moved = Event(), Event()

    def mark():
        with transaction.atomic():
            score(seat, quiz)
            written.set()
            moved.wait(10)

    marking = beside(mark)
    assert written.wait(10)
    move(quiz, clock.now() - DAY / 2)
    run_waiting()
    moved.set()
    marking.join()
    assert Fact.objects.get().raw == 9
    later()

    assert Fact.objects.get().raw == 7
    assert Completion.objects.get().completed_at is None


@two_writers
@pytest.mark.django_db(transaction=True)
def test_who_waited_for_their_turn_since_before_is_counted_by_the_new_one(
    seat, quiz, beside, until_somebody_waits
):
    structure_of(quiz.course)  # as it was, kept in this process
    with transaction.atomic():
        Enrollment.objects.select_for_update().get(pk=seat.pk)
        marking = beside(lambda: score(seat, quiz))
        until_somebody_waits()
        beside(lambda: (move(quiz, clock.now() - DAY / 2), run_waiting())).join()
    marking.join()
    later()

    assert Fact.objects.get().raw == 7


def test_the_job_ends_when_nobody_can_know_the_old_date(seat, quiz):
    score(seat, quiz)
    move(quiz, clock.now() - DAY / 2)

    later()

    assert not Job.objects.filter(name__endswith="weigh_all").exclude(state="done").exists()
