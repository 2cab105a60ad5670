"""Who gives a seat in a course with more than a learner's rights, and who takes it away."""

import pytest
from django.core.exceptions import PermissionDenied

from schola.enrollment.actions import enroll, enroll_group
from schola.enrollment.models import Enrollment, GroupEnrollment
from schola.enrollment.rights import may_seat
from schola.kernel.models import AuditEntry
from schola.people.actions import change_role, copy_role, give_role, make_group
from schola.people.models import Person, Role
from schola.people.rights import with_rights_of_now

CHANGE = "/courses/algebra/people/change"
PEOPLE = "/courses/algebra/people"


@pytest.fixture
def clerk(person, course):
    """Puts learners into every course, by a role of the school's own."""
    role = copy_role(Role.objects.get(key="auditor"), "Clerk")
    change_role(role, role.revision, ["course.view", "course.people", "course.enroll"], "Clerk")
    clerk = person("Cleo Clerk")
    give_role(clerk, role.key)
    return Person.objects.get(pk=clerk.pk)


def seats(person):
    return set(Enrollment.objects.active().filter(person=person).values_list("role", flat=True))


def hold_more(key, *names):
    """Let a built-in role hold these capabilities beyond what it was delivered with."""
    role = Role.objects.get(key=key)
    change_role(role, role.revision, [*names, "course.view", "course.edit"])


def test_who_enrolls_gives_learners_and_nothing_that_holds_more(signed_in, clerk, ada):
    desk = signed_in(clerk)

    refused = desk.post(CHANGE, {"who": ada.email, "role": "instructor"})

    assert refused.status_code == 403
    assert "rights that you do not hold in this course" in refused.text
    assert seats(ada) == set()
    assert not AuditEntry.objects.filter(act="course.joined").exists()
    desk.post(CHANGE, {"who": ada.email, "role": "learner"})
    assert seats(ada) == {"learner"}


def test_nobody_makes_themselves_an_instructor(signed_in, clerk):
    answer = signed_in(clerk).post(CHANGE, {"who": clerk.email, "role": "instructor"})

    assert (answer.status_code, seats(clerk)) == (403, set())


def test_ending_a_seat_follows_the_same_rule(signed_in, clerk, tove, seat, ada):
    desk, hers = signed_in(clerk), Enrollment.objects.get(person=tove)

    assert desk.post(CHANGE, {"out": hers.pk}).status_code == 403
    assert seats(tove) == {"instructor"}
    page = desk.get(PEOPLE).text
    assert f'name="out" value="{seat.pk}"' in page
    assert f'name="out" value="{hers.pk}"' not in page


def test_the_form_offers_what_the_reader_may_give(signed_in, clerk, tove, otto, person):
    def offered(who):
        page = signed_in(who).get(PEOPLE).text.partition('id="role"')[2].partition("</select>")[0]
        return [part.partition('"')[0] for part in page.split('value="')[1:]]

    assert offered(clerk) == ["learner", "clerk"]
    built_in = ["learner", "instructor", "assistant", "designer"]
    assert offered(tove) == [*built_in, "clerk"]
    assert offered(person("Mia Manager", "manager")) == [*built_in, "clerk"]
    assert offered(otto) == [*built_in, "auditor", "clerk"]


def test_a_manager_decides_who_teaches_though_managers_mark_nothing(signed_in, person, ada, course):
    mia = person("Mia Manager", "manager")
    browser = signed_in(mia)

    browser.post(CHANGE, {"who": ada.email, "role": "instructor"})
    assert seats(ada) == {"instructor"}

    browser.post(CHANGE, {"out": Enrollment.objects.get(person=ada).pk})
    assert seats(ada) == set()


def test_a_role_of_a_course_that_was_given_more_is_not_the_manager_s_to_give(person, course):
    hold_more("designer", "school.edit")
    mia = with_rights_of_now(person("Mia Manager", "manager"))

    assert not may_seat(mia, "designer", course)
    assert may_seat(mia, "assistant", course)


def test_a_role_that_is_none_is_refused(signed_in, otto, ada, course):
    for role in ("wizard", "administrator", ""):
        assert signed_in(otto).post(CHANGE, {"who": ada.email, "role": role}).status_code == 422
    assert seats(ada) == set()


def test_by_group_and_by_hand_the_action_itself_refuses(clerk, ada, course):
    group = make_group("Class 7")

    with pytest.raises(PermissionDenied):
        enroll_group(group, course, "instructor", by=clerk)
    with pytest.raises(PermissionDenied):
        enroll(ada, course, "assistant", by=clerk)

    assert not GroupEnrollment.objects.exists()
    assert not Enrollment.objects.exists()
