"""Who is in a group or a course: one act is one entry, and what did not happen is none."""

import pytest

from schola.enrollment.actions import enroll, enroll_group
from schola.enrollment.models import Enrollment, GroupEnrollment
from schola.kernel.models import AuditEntry
from schola.people.actions import add_to_group, make_group

CHANGE = "/courses/algebra/people/change"
SEAT = {"course": "Algebra", "role": "Learner"}


@pytest.fixture
def teacher(signed_in, tove):
    return signed_in(tove)


@pytest.fixture
def group(ada):
    group = make_group("Class 7")
    add_to_group(group, [ada.pk])
    return group


def trail():
    """Return all acts on record: (act, kind, id, before, after)."""
    rows = AuditEntry.objects.select_related("values").order_by("pk")
    return [
        (row.act, row.object_kind, row.object_id, row.values.before, row.values.after)
        for row in rows
    ]


def test_putting_somebody_in_and_taking_them_out(teacher, ada, course):
    person, who = str(ada.pk), {"who": ada.email, "role": "learner"}

    for _time in range(2):
        page = teacher.post(CHANGE, who, follow=True).text
    assert "Ada Lovelace is in the course already." in page
    assert trail() == [("course.joined", "person", person, None, SEAT)]

    seat = Enrollment.objects.get(person=ada)
    for _time in range(2):
        page = teacher.post(CHANGE, {"out": seat.pk}, follow=True).text
    assert "This person is not in the course." in page
    assert trail()[1:] == [("course.left", "person", person, SEAT, None)]


def test_putting_a_group_in_and_taking_it_out(teacher, ada, course, group):
    told = SEAT | {"people": [ada.pk]}

    for _time in range(2):
        page = teacher.post(CHANGE, {"group": group.pk}, follow=True).text
    assert "The group “Class 7” is in the course already." in page
    assert trail() == [("course.group-joined", "group", str(group.pk), None, told)]

    link = GroupEnrollment.objects.get()
    for _time in range(2):
        page = teacher.post(CHANGE, {"group_out": link.pk}, follow=True).text
    assert "This group is not in the course." in page
    assert trail()[1:] == [("course.group-left", "group", str(group.pk), told, None)]


def test_a_group_that_is_put_in_again_tells_whom_it_seats_anew(teacher, ada, course, group):
    enroll_group(group, course)
    seat = Enrollment.objects.get(person=ada)
    teacher.post(CHANGE, {"out": seat.pk})

    teacher.post(CHANGE, {"group": group.pk})

    left, joined = trail()
    assert left[3] == SEAT | {"group": "Class 7"}
    assert joined[4] == SEAT | {"people": [ada.pk]}


def test_a_list_of_people_who_are_in_already_is_no_act(teacher, ada, course):
    enroll(ada, course)

    teacher.post("/courses/algebra/people/list", {"lines": ada.email})

    assert trail() == []


def test_on_the_page_of_a_group(office, ada, group):
    other = make_group("Choir")

    for _time in range(2):
        office.post(f"/groups/{other.pk}/change", {"who": ada.email})
    for _time in range(2):
        office.post(f"/groups/{other.pk}/change", {"out": ada.pk})

    said = {"group": "Choir"}
    assert trail() == [
        ("group.joined", "person", str(ada.pk), None, said),
        ("group.left", "person", str(ada.pk), None, said),
    ]


def test_from_a_person_and_from_the_list_of_people(office, ada, person, group):
    grace, join = person("Grace Hopper"), {"do": "join", "group": group.pk}

    office.post(f"/people/{ada.pk}/change", join)
    office.post("/people/act", join | {"person": [ada.pk, grace.pk]})
    office.post(f"/people/{grace.pk}/change", join)

    assert trail() == [("person.join", "person", str(grace.pk), None, {"group": "Class 7"})]


def test_suspending_and_letting_in_are_written_down_when_they_happen(office, ada):
    for what in ("reinstate", "suspend", "suspend", "reinstate"):
        office.post(f"/people/{ada.pk}/change", {"do": what})
    office.post("/people/act", {"do": "invite", "person": [ada.pk]})

    acts = AuditEntry.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["person.suspend", "person.reinstate"]
