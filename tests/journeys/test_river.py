"""What follows when a learner does something, all the way up to the completed course."""

from decimal import Decimal

import pytest

from schola.completion.models import Completion
from schola.courses.activity_types import Result, Score
from schola.grading.models import CourseGrade, Fact
from schola.records.actions import begin, finish, mark, record, tick
from schola.records.models import Attempt, CourseProgress, Statement

DONE = Result(verb="completed", finished=True)


def scored(earned, possible=10):
    score = Score(Decimal(earned), Decimal(possible))
    return Result(verb="answered", finished=True, score=score)


def test_the_last_activity_completes_the_course(seat, add):
    first, second = add("page"), add("page")

    record(seat.pk, first.pk, DONE)
    assert not Completion.objects.exclude(completed_at=None).exists()
    record(seat.pk, second.pk, DONE)

    assert Completion.objects.get(seat=seat).completed_at
    assert CourseProgress.objects.get(seat=seat).finished == 2
    assert Statement.objects.filter(seat=seat).count() == 2


def test_the_best_attempt_counts(seat, add):
    page = add("page", points=10)

    record(seat.pk, page.pk, scored(8))
    record(seat.pk, page.pk, scored(3))

    assert Fact.objects.get(seat=seat).raw == 8
    assert CourseGrade.objects.get(seat=seat).fraction == Decimal("0.8")
    assert Attempt.objects.count() == 2


def test_a_mark_that_falls_opens_the_course_again(seat, add, course):
    work = add("page", points=10, rule={"when": "viewed"})
    course.pass_fraction = Decimal("0.6")
    course.save()
    attempt = begin(seat.pk, work.pk)
    finish(attempt.pk, DONE)

    mark(attempt.pk, Score(Decimal(7), Decimal(10)))
    assert Completion.objects.get(seat=seat).completed_at
    mark(attempt.pk, Score(Decimal(5), Decimal(10)))

    assert Fact.objects.get(seat=seat).raw == 5
    assert Completion.objects.get(seat=seat).completed_at is None


def test_handing_in_twice_is_handing_in_once(seat, add):
    page = add("page", points=10)
    attempt = begin(seat.pk, page.pk)

    finish(attempt.pk, scored(4))
    finish(attempt.pk, scored(9))

    assert Fact.objects.get(seat=seat).raw == 4
    assert begin(seat.pk, page.pk).number == 2


def test_what_the_learner_ticks_can_be_unticked(seat, add):
    page = add("page", rule={"when": "ticked"})

    tick(seat.pk, page.pk, True)
    assert Completion.objects.get(seat=seat).completed_at
    tick(seat.pk, page.pk, False)

    assert Completion.objects.get(seat=seat).completed_at is None


@pytest.mark.parametrize("others", [0, 30])
def test_finishing_costs_the_same_in_any_course(seat, add, others, django_assert_max_num_queries):
    for _ in range(others):
        add("page")
    page = add("page", points=10)
    record(seat.pk, page.pk, scored(1))

    with django_assert_max_num_queries(14):
        record(seat.pk, page.pk, scored(10))
