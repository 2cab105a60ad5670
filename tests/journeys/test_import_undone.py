"""An import that is undone takes no learning with it."""

from io import BytesIO

import pytest

from schola.courses.activity_types import Result
from schola.enrollment.actions import enroll, enroll_group
from schola.enrollment.models import Enrollment
from schola.kernel.jobs import run_waiting
from schola.people.actions import make_group
from schola.people.imports import apply, begin, undo
from schola.people.models import ImportRow, Person
from schola.records.actions import record


@pytest.fixture
def imported(otto, course, settings, tmp_path):
    """Grace and Alan, imported into a group that gives seats in the course."""
    settings.DATA = tmp_path
    enroll_group(make_group("7a"), course)
    text = b"Name,Number,Group\nGrace Hopper,7,7a\nAlan Turing,8,7a\n"
    row = begin(otto, BytesIO(text), "people.csv")
    run_waiting()
    apply(row, otto)
    run_waiting()
    return row


def undone(row, by):
    """Undo the import; return {name: why} of those who were left."""
    undo(row, by)
    run_waiting()
    left = ImportRow.objects.filter(of=row).exclude(left="").select_related("person")
    return {each.person.full_name: each.left for each in left}


def test_who_has_learned_something_stays_in_the_course(imported, otto, add):
    grace = Person.objects.get(full_name="Grace Hopper")
    seat = Enrollment.objects.get(person=grace)
    record(seat.pk, add("page").pk, Result(verb="experienced", finished=True))

    left = undone(imported, otto)

    assert left == {"Grace Hopper": "They have completed a course."}
    assert Enrollment.objects.active().get().person == grace
    assert not Person.objects.filter(full_name="Alan Turing").exists()


def test_whom_somebody_has_put_into_a_course_stays(imported, otto, course):
    alan = Person.objects.get(full_name="Alan Turing")
    enroll(alan, course, "assistant")

    left = undone(imported, otto)

    assert left == {"Alan Turing": "Somebody has put them into a course meanwhile."}
