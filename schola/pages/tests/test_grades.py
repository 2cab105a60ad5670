"""The learner reads each grade and how the total is made of them; staff say how it is counted."""

from decimal import Decimal

import pytest

from schola.courses.activity_types import Result, Score
from schola.grading.models import CourseGrade, GradeCategory, GradeItem, GradeScheme
from schola.kernel.jobs import run_waiting
from schola.kernel.models import AuditEntry
from schola.records.actions import record


@pytest.fixture
def scored(seat):
    def make(activity, earned, possible=10):
        score = Score(Decimal(earned), Decimal(possible))
        record(seat.pk, activity.pk, Result(verb="completed", finished=True, score=score))

    return make


def form_of(course, **more):
    """Return the grading form as it is drawn, with other values for some fields."""
    fields = {"g-revision": 0, "g-late_percent": "0"}
    for item in GradeItem.objects.filter(course=course):
        fields |= {f"i{item.pk}-policy": "best", f"i{item.pk}-category": ""}
    for number, category in enumerate(GradeCategory.objects.order_by("position")):
        fields |= {
            f"c{number}-id": category.pk,
            f"c{number}-name": category.name,
            f"c{number}-weight": category.weight,
        }
    return fields | more


def test_a_learner_reads_how_the_total_is_made(signed_in, ada, scored, add):
    quiz = add("quiz", title="Fractions", points=10)
    scored(quiz, 1, 3)
    scored(quiz, "7.142857")
    add("assignment", title="Essay", points=20)

    page = signed_in(ada).get("/courses/algebra/grades").text

    assert "7.14 of 10 points are 71.4%." in page
    assert "the best of 2 attempts" in page
    assert "no grade yet: does not count so far" in page
    assert "7.142857" not in page


def test_categories_are_set_and_explained(signed_in, tove, ada, scored, add, course):
    quiz, essay = add("quiz", points=10), add("assignment", points=20)
    scored(quiz, 8)
    scored(essay, 1)
    office = signed_in(tove)
    address = "/courses/algebra/setup/grading"

    new = form_of(course, **{"c0-name": "Quizzes", "c0-weight": "60"})
    assert office.post(address, new).status_code == 302
    category = GradeCategory.objects.get()
    item = quiz.grade_items.get()
    put = form_of(course, **{"g-revision": 1, f"i{item.pk}-category": category.pk})
    assert office.post(address, put).status_code == 302
    run_waiting()

    assert CourseGrade.objects.get().fraction == Decimal("0.52")
    page = signed_in(ada, type(office)()).get("/courses/algebra/grades").text
    assert "Quizzes 60% × 80% + Everything else 40% × 10% = 52%" in page


def test_what_cannot_be_is_refused_and_a_stale_form_too(signed_in, tove, add, course):
    add("quiz", points=10)
    office, address = signed_in(tove), "/courses/algebra/setup/grading"
    more = {"c0-name": "A", "c0-weight": "70", "c1-name": "B", "c1-weight": "40"}

    answer = office.post(address, form_of(course, **more))

    assert answer.status_code == 422
    assert "more than 100%" in answer.text
    assert not GradeScheme.objects.exists()
    assert office.post(address, form_of(course)).status_code == 302
    assert office.post(address, form_of(course)).status_code == 409
    assert office.post(address, form_of(course, **{"g-late_percent": "x"})).status_code == 422


def test_a_letter_is_shown_where_staff_want_it(signed_in, tove, ada, scored, add, course):
    scored(add("quiz", points=10), "9.5")
    office = signed_in(tove)

    office.post("/courses/algebra/setup/grading", form_of(course, **{"g-letters": "on"}))

    assert "95% (A)" in signed_in(ada, type(office)()).get("/courses/algebra/grades").text


def test_staff_look_at_a_learners_grades_and_that_is_written_down(
    signed_in, tove, person, seat, scored, add
):
    scored(add("quiz", points=10), 9)
    office = signed_in(tove)

    looking = office.get(f"/courses/algebra?as={seat.pk}").text
    page = office.get(f"/courses/algebra/grades?as={seat.pk}").text

    assert f'href="/courses/algebra/grades?as={seat.pk}"' in looking
    assert f'href="/people/{seat.person_id}/learning"' in page
    assert "Total of Ada Lovelace" in page
    assert AuditEntry.objects.get().act == "read grades"
    assert office.get("/courses/algebra/grades?as=999").status_code == 404
    assert "You have no grades here" in office.get("/courses/algebra/grades").text


def test_the_page_costs_the_same_for_any_number_of_grades(
    signed_in, ada, scored, add, django_assert_max_num_queries
):
    for _ in range(6):
        scored(add("quiz", points=10), 5)
    browser = signed_in(ada)
    browser.get("/courses/algebra/grades")

    with django_assert_max_num_queries(5):
        browser.get("/courses/algebra/grades")
