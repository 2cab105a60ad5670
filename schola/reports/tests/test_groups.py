"""The report filters by the groups that its reader sees elsewhere, and by no others."""

import re

import pytest

from schola.courses.actions import create_course
from schola.enrollment.actions import enroll, enroll_group
from schola.people.actions import add_to_group
from schola.people.models import Group, Person


@pytest.fixture
def groups(course, person):
    """7a is in the course, with Bob; 8a in another one, 9a in none."""
    groups = [Group.objects.create(name=name) for name in ("7a", "8a", "9a")]
    add_to_group(groups[0], [person("Bob Builder").pk])
    enroll_group(groups[0], course)
    enroll_group(groups[1], create_course("Biology"))
    return groups


@pytest.fixture
def offered(signed_in, course):
    """Return the names of the groups among which somebody chooses."""

    def names(who):
        browser = signed_in(Person.objects.get(pk=who.pk))
        page = browser.get(f"/reports/course-progress?course={course.pk}").text
        field = page.partition('name="group"')[2].partition("</select>")[0]
        return re.findall(r">(\d\w)</option>", field)

    return names


def test_an_instructor_chooses_among_the_groups_of_own_courses(groups, offered, tove):
    assert offered(tove) == ["7a"]


def test_whom_people_shows_no_groups_the_report_shows_none(groups, offered, person, course):
    helper = person("Hal Helper")
    enroll(helper, course, "assistant")

    assert offered(helper) == []


@pytest.mark.parametrize("role", ["administrator", "manager", "auditor"])
def test_who_may_see_all_groups_chooses_among_all(groups, offered, person, role):
    assert offered(person("Olga Overseer", role)) == ["7a", "8a", "9a"]


def test_a_group_filters_the_report_and_a_foreign_one_is_refused(
    groups, signed_in, tove, seat, course
):
    browser, url = signed_in(tove), f"/reports/course-progress?course={course.pk}"

    page = browser.get(f"{url}&group={groups[0].pk}")

    assert "Bob Builder" in page.text
    assert "Ada Lovelace" not in page.text
    assert browser.get(f"{url}&group={groups[1].pk}").status_code == 422
    assert browser.get(f"{url.replace('?', '.csv?')}&group={groups[1].pk}").status_code == 404
