"""What pages of groups and people show of their courses, and what a group leaves when it goes."""

from schola.enrollment.actions import enroll, enroll_group
from schola.enrollment.models import Enrollment, GroupEnrollment
from schola.people.actions import (
    add_to_group,
    delete_group,
    give_role,
    make_group,
    remove_from_group,
)


def test_a_group_lists_the_courses_that_it_feeds(signed_in, otto, course):
    group = make_group("Class 7")
    enroll_group(group, course)

    page = signed_in(otto).get(f"/groups/{group.pk}").text

    assert f'href="/courses/{course.slug}/people"' in page
    assert "Algebra" in page


def test_a_course_that_one_may_not_see_is_named_without_a_link(signed_in, person, course):
    group = make_group("Class 7")
    enroll_group(group, course)
    mina = person("Mina Berg")
    give_role(mina, "manager", group)

    page = signed_in(mina).get(f"/groups/{group.pk}").text

    assert "Algebra" in page
    assert f"/courses/{course.slug}" not in page


def test_who_is_in_a_course_through_a_group_stays_when_the_group_is_deleted(ada, course, person):
    group = make_group("Class 7")
    add_to_group(group, [ada.pk])
    enroll_group(group, course)

    delete_group(group, 1)

    seat = Enrollment.objects.active().get(person=ada, course=course)
    assert seat.group is None
    assert not GroupEnrollment.objects.exists()


def test_who_leaves_one_of_two_groups_keeps_the_seat_that_the_other_gives(ada, course):
    seven, choir = make_group("Class 7"), make_group("Choir")
    for group in (seven, choir):
        add_to_group(group, [ada.pk])
        enroll_group(group, course)

    remove_from_group(seven, [ada.pk])
    assert Enrollment.objects.active().get(person=ada, course=course).group == choir

    remove_from_group(choir, [ada.pk])
    assert not Enrollment.objects.active().filter(person=ada, course=course).exists()


def test_the_words_before_a_group_is_deleted_name_its_courses(signed_in, otto, course):
    group = make_group("Class 7")
    enroll_group(group, course)

    page = signed_in(otto).get(f"/groups/{group.pk}/delete").text

    assert "Whoever is in a course through this group stays in it" in page
    assert "Algebra" in page


def test_a_person_shows_the_roles_that_they_hold_in_courses(signed_in, otto, tove, course):
    page = signed_in(otto).get(f"/people/{tove.pk}").text

    assert "In 1 course" in page
    assert f'href="/courses/{course.slug}/people"' in page


def test_who_sees_a_person_in_a_group_sees_nothing_of_foreign_courses(
    signed_in, person, tove, course
):
    group = make_group("Teachers")
    add_to_group(group, [tove.pk])
    mina = person("Mina Berg")
    give_role(mina, "manager", group)

    assert "Algebra" not in signed_in(mina).get(f"/people/{tove.pk}").text


def test_a_learner_s_seat_is_no_role_of_its_own(signed_in, otto, ada, course):
    enroll(ada, course)

    assert "None beyond their courses." in signed_in(otto).get(f"/people/{ada.pk}").text
