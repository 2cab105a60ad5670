"""A seat that a group gives and that is given otherwise, too, stays when the group goes."""

import time
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from schola.courses.models import Course
from schola.enrollment.actions import enroll, enroll_group, enroll_many, take_group_out
from schola.enrollment.models import Enrollment, GroupEnrollment
from schola.kernel.models import AuditEntry
from schola.kernel.sql import fetch
from schola.kernel.tenants import acting_in
from schola.kernel.tests.writers import two_writers
from schola.people.actions import add_to_group, make_group, remove_from_group

PEOPLE = "/courses/algebra/people"


@pytest.fixture
def group(ada):
    group = make_group("Class 7")
    add_to_group(group, [ada.pk])
    return group


@pytest.fixture
def by_group(group, course):
    return lambda: enroll_group(group, course)


@pytest.fixture
def ways(signed_in, tove, ada, course, add):
    """The other ways into the course: {source and way: what gives Ada the seat}."""
    add("page")
    teacher, herself = signed_in(tove), signed_in(ada)
    file = SimpleUploadedFile("class.csv", f"E-mail\n{ada.email}\n".encode())

    def join(how, **said):
        Course.objects.filter(pk=course.pk).update(self_enrollment=how, enrollment_key="sesame")
        assert herself.post("/catalog/algebra/join", said).status_code == 302

    return {
        "hand": lambda: teacher.post(f"{PEOPLE}/change", {"who": ada.email, "role": "learner"}),
        "list": lambda: teacher.post(f"{PEOPLE}/list", {"lines": ada.email}),
        "file": lambda: teacher.post(f"{PEOPLE}/list", {"file": file}),
        "link": lambda: join("open"),
        "key": lambda: join("key", key="sesame"),
    }


SOURCES = {"hand": "hand", "list": "file", "file": "file", "link": "self", "key": "self"}


@pytest.mark.parametrize("way", SOURCES)
@pytest.mark.parametrize("group_first", [True, False], ids=["group first", "group second"])
def test_the_seat_stays_when_the_group_is_taken_out(way, group_first, ways, by_group, ada):
    for give in (by_group, ways[way]) if group_first else (ways[way], by_group):
        give()
    before = Enrollment.objects.get(person=ada)

    take_group_out(GroupEnrollment.objects.get())

    seat = Enrollment.objects.get(person=ada)
    assert seat.pk == before.pk
    assert seat.ended_at is None
    assert (seat.source, seat.group) == (SOURCES[way], None)


@pytest.mark.parametrize("group_first", [True, False], ids=["group first", "group second"])
def test_the_seat_stays_when_its_owner_leaves_the_group(group_first, ways, by_group, group, ada):
    for give in (by_group, ways["hand"]) if group_first else (ways["hand"], by_group):
        give()

    remove_from_group(group, [ada.pk])

    assert Enrollment.objects.get(person=ada).ended_at is None


def test_who_joins_the_group_of_a_course_later_keeps_what_was_given_by_hand(ada, course):
    group = make_group("Class 7")
    link = enroll_group(group, course).link
    enroll(ada, course)
    add_to_group(group, [ada.pk])

    assert take_group_out(link) == []
    assert Enrollment.objects.get(person=ada).ended_at is None


def test_giving_it_twice_tells_once_that_it_is_kept(ada, group, course):
    enroll_group(group, course)

    first, second = (enroll_many([ada.pk], course) for _time in range(2))

    assert (first.new, first.kept) == ([], {ada.pk: "Class 7"})
    assert (second.new, second.kept) == ([], {})


def test_a_seat_with_another_role_is_another_seat(ada, group, course):
    link = enroll_group(group, course).link
    enroll(ada, course, "assistant")

    assert take_group_out(link) == [ada.pk]
    assert Enrollment.objects.active().get(person=ada).role == "assistant"


def test_the_page_and_the_trail_say_that_the_seat_is_kept(signed_in, tove, ada, group, course):
    enroll_group(group, course)
    said = {"who": ada.email, "role": "learner"}

    page = signed_in(tove).post(f"{PEOPLE}/change", said, follow=True).text

    assert "Ada Lovelace was in the course by a group, and now stays in it" in page
    entry = AuditEntry.objects.get(act="course.seat-kept")
    assert (entry.object_kind, entry.object_id) == ("person", str(ada.pk))
    assert entry.values.before == {"group": "Class 7"}
    assert entry.values.after == {"course": "Algebra", "role": "Learner"}
    again = signed_in(tove).post(f"{PEOPLE}/change", said, follow=True).text
    assert "Ada Lovelace is in the course already." in again


def test_a_list_writes_down_whose_seats_are_kept(signed_in, tove, ada, person, group, course):
    enroll_group(group, course)
    grace = person("Grace Hopper")

    signed_in(tove).post(f"{PEOPLE}/list", {"lines": f"{ada.email}\n{grace.email}"})

    values = AuditEntry.objects.get(act="course.list-joined").values
    assert values.before == {"groups": ["Class 7"]}
    assert values.after == {"course": "Algebra", "people": [grace.pk], "kept": [ada.pk]}


@two_writers
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["given", "taken out"])
def test_given_by_hand_while_the_group_is_taken_out_is_a_seat(first, ada, group, course, school):
    link = enroll_group(group, course).link
    acts = {
        "given": lambda: enroll_many([ada.pk], course),
        "taken out": lambda: take_group_out(link),
    }
    (second,) = (acts[name] for name in acts if name != first)

    def beside():
        with acting_in(school.pk):
            second()
        connection.close()

    with transaction.atomic():
        acts[first]()
        other = Thread(target=beside)
        other.start()
        until_somebody_waits()
    other.join()

    assert Enrollment.objects.active().get(person=ada).source == "hand"


def until_somebody_waits():
    """Return when a connection waits for a lock."""
    until = time.monotonic() + 10
    while not fetch("SELECT 1 FROM pg_locks WHERE NOT granted", []):
        assert time.monotonic() < until
        time.sleep(0.02)
