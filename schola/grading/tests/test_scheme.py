"""How a course is counted: by points, by weights, without the lowest, less for being late."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from schola.courses.actions import lock_course, publish_activity
from schola.courses.activity_types import Result, Score
from schola.courses.models import Course
from schola.grading.actions import CategoryWords, SchemeWords, change_scheme
from schola.grading.models import CourseGrade, Fact, GradeCategory, GradeItem, GradeScheme
from schola.grading.scheme import scheme_of
from schola.grading.totals import explain
from schola.kernel import clock
from schola.kernel.jobs import run_waiting
from schola.kernel.revision import StaleRevision
from schola.kernel.tests.writers import two_writers
from schola.records.actions import record


@pytest.fixture
def scored(seat):
    def make(activity, earned, possible=10):
        score = Score(Decimal(earned), Decimal(possible))
        record(seat.pk, activity.pk, Result(verb="completed", finished=True, score=score))

    return make


def counted(course, *categories, items=None, late=0, ungraded=False):
    """Set the scheme: categories as (name, weight, drop); items as {activity: (policy, place)}."""
    words = SchemeWords(
        late_percent=Decimal(late),
        ungraded_counts=ungraded,
        letters=False,
        categories=tuple(CategoryWords(None, n, Decimal(w), d) for n, w, d in categories),
        items={a.grade_items.get().pk: choice for a, choice in (items or {}).items()},
    )
    scheme = GradeScheme.objects.filter(course=course).first()
    change_scheme(course, scheme.revision if scheme else 0, words)
    run_waiting()


def total():
    return CourseGrade.objects.get().fraction


def test_points_count_out_of_what_is_graded(scored, add):
    quiz, essay = add("quiz", points=10), add("assignment", points=30)
    scored(quiz, 5)

    assert total() == Decimal("0.5")
    scored(essay, 10, 30)
    assert total() == Decimal("0.375")


def test_categories_count_by_their_weights_and_the_rest_fills_up(scored, add, course):
    quiz, essay = add("quiz", points=10), add("assignment", points=100)
    scored(quiz, 5)
    scored(essay, 10)

    counted(course, ("Quizzes", 80, 0), items={quiz: ("best", 0)})

    assert total() == Decimal("0.6")  # 0.8 * 0.5 + 0.2 * 1


def test_the_lowest_of_a_category_is_left_out(scored, add, course):
    quizzes = [add("quiz", points=10) for _ in range(3)]
    for quiz, earned in zip(quizzes, (2, 6, 8), strict=True):
        scored(quiz, earned)

    counted(course, ("Quizzes", 100, 1), items=dict.fromkeys(quizzes, ("best", 0)))

    assert total() == Decimal("0.7")


@pytest.mark.parametrize(
    ("policy", "points"), [("best", 8), ("last", 5), ("first", 2), ("average", 5)]
)
def test_which_of_several_attempts_counts(scored, add, course, policy, points):
    quiz = add("quiz", points=10)
    for earned in (2, 8, 5):
        scored(quiz, earned)

    counted(course, items={quiz: (policy, None)})

    assert Fact.objects.get().raw == points
    assert Fact.objects.get().scores == [["2.000000", 0], ["8.000000", 0], ["5.000000", 0]]


def test_being_late_costs_so_much_for_each_day_begun(scored, add, course):
    quiz = add("quiz", points=10, due_at=clock.now() - timedelta(hours=30))
    scored(quiz, 9)
    assert total() == Decimal("0.9")

    counted(course, late=10)

    assert Fact.objects.get().raw == 7


def test_what_is_not_graded_may_count_as_nothing(scored, add, course):
    quiz, _essay = add("quiz", points=10), add("assignment", points=30)
    scored(quiz, 10)

    counted(course, ungraded=True)

    assert total() == Decimal("0.25")


def test_weights_above_a_hundred_and_stale_changes_are_refused(add, course):
    add("quiz", points=10)

    with pytest.raises(ValidationError, match="100%"):
        counted(course, ("A", 60, 0), ("B", 50, 0))
    counted(course, late=5)
    with pytest.raises(StaleRevision):
        change_scheme(course, 0, SchemeWords(Decimal(0), False, False, (), {}))


@pytest.mark.django_db(transaction=True)
@two_writers
def test_who_waits_for_the_course_holds_nothing_of_its_counting(
    course, beside, until_somebody_waits
):
    counted(course, ("A", 60, 0))
    with transaction.atomic():
        lock_course(course.pk)
        counting = beside(lambda: counted(course, ("A", 50, 0), ("B", 50, 0)))
        until_somebody_waits()
        for model in (GradeScheme, GradeCategory):
            list(model.objects.select_for_update(nowait=True))
    counting.join()

    assert GradeCategory.objects.count() == 2


def test_a_category_that_is_taken_away_leaves_its_columns(add, course):
    quiz = add("quiz", points=10)
    counted(course, ("Quizzes", 100, 0), items={quiz: ("best", 0)})

    counted(course)

    assert GradeItem.objects.get().category is None


def test_the_trace_comes_to_the_total(scored, add, course, seat):
    quiz, essay = add("quiz", points=7), add("assignment", points=100)
    scored(quiz, 1, 3)
    scored(essay, 10)
    counted(course, ("Quizzes", 30, 0), items={quiz: ("best", 0)})

    trace = explain(scheme_of(Course.objects.get()), Fact.objects.filter(seat=seat))

    assert sum(child.contribution for child in trace.children) == trace.fraction
    assert abs(float(trace.fraction) - float(total())) < 1e-8


def test_a_draft_is_no_column_until_it_is_published(scored, add, course):
    quiz, draft = add("quiz", points=10), add("assignment", publish=False, points=10)
    scored(quiz, 5)
    counted(course, ungraded=True)

    assert total() == Decimal("0.5")
    assert [item.activity_id for item in scheme_of(course).items] == [quiz.pk]

    publish_activity(draft)
    run_waiting()

    assert total() == Decimal("0.25")


def test_what_was_graded_in_a_draft_counts_when_it_is_published(scored, add, seat):
    quiz, draft = add("quiz", points=10), add("assignment", publish=False, points=10)
    Fact.objects.create(seat=seat, item=draft.grade_items.get(), raw=10, at=clock.now())
    scored(quiz, 5)
    assert total() == Decimal("0.5")

    publish_activity(draft)
    run_waiting()

    assert total() == Decimal("0.75")
