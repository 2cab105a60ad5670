"""A learner on the pages: home, course, activity."""

import pytest
from django.core.exceptions import ValidationError

from schola.courses.actions import (
    add_activity,
    create_course,
    publish_activity,
    publish_course,
    set_prerequisites,
)
from schola.courses.models import Activity
from schola.courses.structure import structure_of
from schola.enrollment.actions import enroll
from schola.pages.views import live
from schola.records.models import DayCount, Progress


def test_reading_a_page_finishes_it(signed_in, ada, seat, add):
    page = add("page", title="Limits")

    answer = signed_in(ada).get(f"/courses/algebra/{page.key}")

    assert answer.status_code == 200
    assert "Limits" in answer.text
    assert Progress.objects.get(seat=seat).finished_at
    assert DayCount.objects.get(seat=seat).views == 1


def test_what_is_locked_says_why(signed_in, ada, seat, add):
    first, second = add("page", title="First", rule={"when": "ticked"}), add("page", title="Second")
    set_prerequisites(second, {"kind": "completion", "activity": first.pk})
    browser = signed_in(ada)

    answer = browser.get(f"/courses/algebra/{second.key}")

    assert answer.status_code == 403
    assert "you finish “First”" in answer.text
    assert "you finish “First”" in browser.get("/courses/algebra").text


def test_conditions_name_activities_of_their_own_course(add):
    with pytest.raises(ValidationError, match="of this course"):
        set_prerequisites(add("page"), {"kind": "completion", "activity": 99999})


def test_two_authors_close_no_circle_together(add):
    one, two = add("page"), add("page")
    seen_before = Activity.objects.select_related("course").get(pk=two.pk)
    structure_of(seen_before.course)
    set_prerequisites(one, {"kind": "completion", "activity": two.pk})

    with pytest.raises(ValidationError, match="wait for one another"):
        set_prerequisites(seen_before, {"kind": "completion", "activity": one.pk})


def test_ticking_goes_on_to_the_next_step(signed_in, ada, seat, add):
    first, second = add("page", rule={"when": "ticked"}), add("page")

    answer = signed_in(ada).post(f"/courses/algebra/{first.key}/act", {"done": "1"})

    assert answer.headers["Location"] == f"/courses/algebra/{second.key}"
    assert Progress.objects.get(activity=first).finished_at


def test_a_stranger_finds_nothing(signed_in, person, add):
    page = add("page")
    browser = signed_in(person("Eve Stranger"))

    hidden = browser.get(f"/courses/algebra/{page.key}")
    missing = browser.get("/courses/nothing/abc23456")

    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_an_instructor_may_not_attempt(signed_in, tove, add):
    page = add("page", rule={"when": "ticked"})

    assert (
        signed_in(tove).post(f"/courses/algebra/{page.key}/act", {"done": "1"}).status_code == 403
    )


def test_staff_see_a_course_as_its_learner(signed_in, tove, seat, add):
    add("page", title="Limits")

    answer = signed_in(tove).get(f"/courses/algebra?as={seat.pk}")

    assert "You see this as Ada Lovelace does" in answer.text
    assert not Progress.objects.exists()


@pytest.mark.parametrize(("where", "most"), [("/", 4), ("/courses/algebra", 4), ("item", 5)])
def test_hot_pages_take_a_fixed_number_of_queries(
    signed_in, seat, add, django_assert_max_num_queries, where, most
):
    pages = [add("page") for _ in range(12)]
    browser = signed_in(seat.person)
    url = f"/courses/algebra/{pages[3].key}" if where == "item" else where
    browser.get(url)

    with django_assert_max_num_queries(most):
        assert browser.get(url).status_code == 200


def test_a_seat_shows_at_once(signed_in, ada, course, add):
    add("page")
    browser = signed_in(ada)
    assert browser.get("/courses/algebra").status_code == 404

    enroll(ada, course)

    assert browser.get("/courses/algebra").status_code == 200


def test_home_goes_on_where_one_was_last_not_where_one_never_was(signed_in, ada, seat, add):
    page = add("page", title="Limits", rule={"when": "ticked"})
    browser = signed_in(ada)
    browser.get(f"/courses/algebra/{page.key}")
    other = create_course("Biology")
    lesson = add_activity(other.modules.get(), "page", "Cells", {"body": "<p>Cells.</p>"})
    publish_activity(lesson)
    publish_course(other)
    enroll(ada, other)

    answer = browser.get("/")

    assert f'<a class="btn primary big" href="/courses/algebra/{page.key}">' in answer.text


def test_who_was_there_last_comes_first_on_the_live_page(signed_in, tove, seat, add, person):
    page = add("page")
    enroll(person("Aaron First"), seat.course)
    signed_in(seat.person).get(f"/courses/algebra/{page.key}")

    text = signed_in(tove).get("/courses/algebra/now").text

    assert text.index("Ada Lovelace") < text.index("Aaron First")
    assert "active last" not in text


def test_the_live_page_says_how_many_it_does_not_show(signed_in, tove, seat, person, monkeypatch):
    enroll(person("Aaron First"), seat.course)
    enroll(person("Zoe Last"), seat.course)
    monkeypatch.setattr(live, "LEARNERS", 2)
    browser = signed_in(tove)
    where = f"/reports/course-progress?course={seat.course_id}&amp;sort=-last_at"

    text = browser.get("/courses/algebra/now").text
    all_of_them = browser.get(where.replace("&amp;", "&"))

    assert f'2 of 3, those who were active last. <a href="{where}">' in " ".join(text.split())
    assert "Zoe Last" in all_of_them.text


def test_the_live_page_has_the_last_acts_only(signed_in, tove, seat, add):
    pages = [add("page", title=f"Page {n:02}") for n in range(14)]
    learner = signed_in(seat.person)
    for page in pages:
        learner.get(f"/courses/algebra/{page.key}")

    acts = signed_in(tove).get("/courses/algebra/now").text.partition("Just now")[2]

    assert acts.count("<time") == 12
    assert "Page 13" in acts
    assert "Page 00" not in acts


def test_staff_open_from_the_outline_what_is_locked_for_learners(signed_in, tove, add):
    first, second = add("page", title="First"), add("page", title="Second")
    set_prerequisites(second, {"kind": "completion", "activity": first.pk})
    address = f'href="/courses/algebra/{second.key}"'

    page = signed_in(tove).get("/courses/algebra").text

    assert address in page
    assert "2 steps" in page
    assert "You are here" not in page
    assert address not in signed_in(tove).get("/courses/algebra?as=learner").text
