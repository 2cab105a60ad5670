"""Putting people into courses, by hand and by group."""

import html

import pytest

from schola.courses.actions import create_course
from schola.enrollment.actions import end_enrollments, enroll, enroll_group
from schola.enrollment.models import Enrollment, GroupEnrollment
from schola.kernel import audit
from schola.kernel.models import AuditEntry
from schola.people.actions import add_to_group, make_group, remove_from_group


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


def test_a_group_is_taken_out_and_only_its_own_seats_end(teacher, ada, person, course):
    seven, choir = make_group("Class 7"), make_group("Choir")
    both, by_hand = person("Both Groups"), person("By Hand")
    add_to_group(seven, [ada.pk, both.pk, by_hand.pk])
    add_to_group(choir, [both.pk])
    enroll(by_hand, course)
    for group in (seven, choir):
        teacher.post("/courses/algebra/people/change", {"group": group.pk})
    link = GroupEnrollment.objects.get(group=seven)

    page = teacher.post("/courses/algebra/people/change", {"group_out": link.pk}, follow=True)

    assert "“Class 7” is no longer in the course; 1 person left it." in html.unescape(page.text)
    learners = Enrollment.objects.active().filter(role="learner").values_list("person_id", "group")
    assert set(learners) == {(both.pk, choir.pk), (by_hand.pk, None)}
    assert Enrollment.objects.get(person=ada).ended_at
    assert AuditEntry.objects.filter(act="course.group-left", object_id=str(seven.pk)).exists()
    add_to_group(seven, [person("Late Comer").pk])
    assert Enrollment.objects.active().filter(role="learner").count() == 2


def test_a_group_of_another_course_is_not_taken_out(teacher, course):
    link = enroll_group(make_group("Class 7"), create_course("Geometry")).link

    page = teacher.post("/courses/algebra/people/change", {"group_out": link.pk}, follow=True)

    assert "This group is not in the course." in page.text
    assert GroupEnrollment.objects.filter(pk=link.pk).exists()


def test_who_left_a_group_long_ago_keeps_the_seat_given_by_hand(ada, course):
    group = make_group("Class 7")
    enroll_group(group, course)
    add_to_group(group, [ada.pk])
    end_enrollments([ada.pk], course)
    enroll(ada, course)

    remove_from_group(group, [ada.pk])

    assert Enrollment.objects.active().get(person=ada, course=course).group is None


def test_who_comes_again_keeps_the_old_evidence(teacher, seat, ada):
    teacher.post("/courses/algebra/people/change", {"out": seat.pk})
    teacher.post("/courses/algebra/people/change", {"who": ada.email, "role": "learner"})

    assert list(
        Enrollment.objects.filter(person=ada).order_by("generation").values_list("generation")
    ) == [(1,), (2,)]


def test_a_seat_changes_only_with_the_entry_that_says_so(teacher, seat, person, monkeypatch):
    late = person("Late Comer")
    monkeypatch.setattr(audit, "act", lambda *_given, **_more: 1 / 0)

    for said in ({"out": seat.pk}, {"who": late.email, "role": "learner"}):
        with pytest.raises(ZeroDivisionError):
            teacher.post("/courses/algebra/people/change", said)

    learners = Enrollment.objects.active().filter(role="learner")
    assert list(learners.values_list("pk", flat=True)) == [seat.pk]
