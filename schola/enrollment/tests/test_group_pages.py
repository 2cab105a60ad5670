"""What the page of a person shows of their courses."""

from schola.enrollment.actions import enroll
from schola.people.actions import add_to_group, give_role, make_group


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
