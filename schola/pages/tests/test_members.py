"""Putting people into courses, by hand, by group, by themselves."""

import pytest

from schola.enrollment.models import Enrollment
from schola.kernel import audit
from schola.people.actions import add_to_group, make_group


@pytest.fixture
def teacher(signed_in, tove):
    return signed_in(tove)


def test_one_person_by_address(teacher, ada, course):
    teacher.post("/courses/algebra/people/change", {"who": ada.email, "role": "learner"})

    assert Enrollment.objects.get(person=ada).role == "learner"
    assert "Ada Lovelace" in teacher.get("/courses/algebra/people").text


def test_nobody_fits(teacher):
    answer = teacher.post("/courses/algebra/people/change", {"who": "nobody"})

    assert answer.status_code == 422
    assert "Nobody fits" in answer.text


def test_a_group_and_whoever_joins_it(teacher, ada, person, course):
    group = make_group("Class 7")
    add_to_group(group, [ada.pk])

    teacher.post("/courses/algebra/people/change", {"group": group.pk})
    late = person("Late Comer")
    add_to_group(group, [late.pk])

    learners = Enrollment.objects.filter(role="learner").values_list("person_id", flat=True)
    assert set(learners) == {ada.pk, late.pk}


def test_who_comes_again_keeps_the_old_evidence(teacher, seat, ada):
    teacher.post("/courses/algebra/people/change", {"out": seat.pk})
    teacher.post("/courses/algebra/people/change", {"who": ada.email, "role": "learner"})

    assert list(
        Enrollment.objects.filter(person=ada).order_by("generation").values_list("generation")
    ) == [(1,), (2,)]


def test_joining_with_a_key(signed_in, ada, course, add):
    add("page")
    course.self_enrollment, course.enrollment_key = "key", "open sesame"
    course.save()
    browser = signed_in(ada)

    wrong = browser.post("/catalog/algebra/join", {"key": "guess"}, follow=True)
    assert "not the key" in wrong.text
    right = browser.post("/catalog/algebra/join", {"key": "open sesame"})

    assert right.headers["Location"] == "/courses/algebra"
    assert browser.get("/courses/algebra").status_code == 200


def test_a_closed_course_is_not_there(signed_in, ada, course, add):
    add("page")

    assert signed_in(ada).post("/catalog/algebra/join").status_code == 404


def test_a_seat_changes_only_with_the_entry_that_says_so(teacher, seat, person, monkeypatch):
    late = person("Late Comer")
    monkeypatch.setattr(audit, "act", lambda *_given, **_more: 1 / 0)

    for said in ({"out": seat.pk}, {"who": late.email, "role": "learner"}):
        with pytest.raises(ZeroDivisionError):
            teacher.post("/courses/algebra/people/change", said)

    learners = Enrollment.objects.active().filter(role="learner")
    assert list(learners.values_list("pk", flat=True)) == [seat.pk]
