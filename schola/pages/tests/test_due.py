"""By when a course has to be done: for one learner, for a group, and where they see it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from schola.enrollment.actions import enroll_group, set_group_due, take_group_out
from schola.enrollment.models import Enrollment, GroupEnrollment
from schola.kernel import clock
from schola.kernel.models import AuditEntry
from schola.people.actions import add_to_group, make_group

URL = "/courses/algebra/people/due"


@pytest.fixture
def teacher(signed_in, tove, add):
    add("page")
    return signed_in(tove)


@pytest.fixture
def linked(ada, person, course):
    """A group of Ada and Ben that is in the course."""
    group = make_group("Class 7")
    add_to_group(group, [ada.pk, person("Ben Quick").pk])
    return enroll_group(group, course).link


def said(days):
    return (clock.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def test_a_learner_sees_the_new_date_on_the_home_page_at_once(teacher, signed_in, seat, ada):
    teacher.post(URL, {"seat": seat.pk, "due_at": said(3)})

    home = signed_in(ada).get("/").text
    assert "the whole course" in home
    assert ">Late<" not in home
    day = date_format(clock.now() + timedelta(days=3), "SHORT_DATE_FORMAT")
    assert f'<span class="num">{day}</span>' in teacher.get("/courses/algebra/people").text
    entry = AuditEntry.objects.get(act="course.due-changed")
    assert (entry.object_kind, entry.object_id) == ("person", str(ada.pk))

    teacher.post(URL, {"seat": seat.pk, "due_at": said(-1)})
    assert ">Late<" in signed_in(ada).get("/").text
    assert (
        "late" in teacher.get("/courses/algebra/people").text.split('class="chip bad"', 1)[1][:200]
    )


def test_a_group_gets_a_date_but_who_has_their_own_keeps_it(teacher, linked, ada, person):
    seat = Enrollment.objects.get(person=ada)
    teacher.post(URL, {"group": linked.pk, "due_at": said(3)})
    teacher.post(URL, {"seat": seat.pk, "due_at": said(9)})

    teacher.post(URL, {"group": linked.pk, "due_at": said(5)})
    add_to_group(linked.group, [person("Late Comer").pk])

    days = {
        who: (due_at - clock.now() + timedelta(hours=1)).days
        for who, due_at in Enrollment.objects.learners().values_list("person__email", "due_at")
    }
    assert days == {"ada@example.org": 9, "ben@example.org": 5, "late@example.org": 5}


def test_to_put_a_group_in_again_keeps_its_date(teacher, linked, course):
    teacher.post(URL, {"group": linked.pk, "due_at": said(3)})

    enroll_group(linked.group, course)

    assert GroupEnrollment.objects.get().due_at


def test_a_group_that_has_been_taken_out_gets_none(linked):
    take_group_out(linked)

    with pytest.raises(ValidationError, match="taken out of the course meanwhile"):
        set_group_due(linked, clock.now())


def test_a_date_is_taken_away_by_leaving_it_empty(teacher, seat, signed_in, ada):
    teacher.post(URL, {"seat": seat.pk, "due_at": said(3)})
    teacher.post(URL, {"seat": seat.pk, "due_at": ""})

    assert Enrollment.objects.get(pk=seat.pk).due_at is None
    assert "the whole course" not in signed_in(ada).get("/").text


@pytest.mark.parametrize("due_at", ["soon", "2026-02-30T10:00", "9999-12-31T23:59", "1-1-1"])
def test_a_date_that_cannot_be_is_refused_beside_the_field(teacher, seat, due_at):
    answer = teacher.post(URL, {"seat": seat.pk, "due_at": due_at})

    assert answer.status_code == 422
    assert 'id="id_due_at-error"' in answer.text
    assert Enrollment.objects.get(pk=seat.pk).due_at is None


def test_only_learners_and_groups_of_the_course_get_one(teacher, tove):
    own = Enrollment.objects.get(person=tove)

    for words in ({"seat": own.pk}, {"group": 999}, {}):
        answer = teacher.post(URL, words | {"due_at": said(3)})
        assert answer.status_code == 422
        assert "Choose a learner or a group" in answer.text


def test_the_form_opens_from_a_link_and_shows_what_is_set(teacher, seat):
    teacher.post(URL, {"seat": seat.pk, "due_at": "2030-05-04T10:30"})

    page = teacher.get(f"/courses/algebra/people?seat={seat.pk}").text

    assert 'value="2030-05-04T10:30"' in page
    assert page.count("btn primary") == 1


def test_a_learner_sets_no_date(signed_in, ada, seat, teacher):
    assert signed_in(ada).post(URL, {"seat": seat.pk, "due_at": said(3)}).status_code == 403
