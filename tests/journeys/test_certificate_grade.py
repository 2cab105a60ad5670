"""A certificate never shows a grade of which a part waits to be marked."""

from decimal import Decimal

import pytest

from schola.completion.certificates import reissue
from schola.completion.models import Certificate
from schola.courses.activity_types import Result, Score
from schola.records.actions import mark, record
from schola.records.models import Attempt


def score(points):
    return Score(Decimal(points), Decimal(10))


@pytest.fixture
def hand_in(signed_in, seat):
    def make(work):
        address = f"/courses/algebra/{work.key}/hand-in"
        signed_in(seat.person).post(address, {"text": "My work."})
        return Attempt.objects.filter(activity=work).order_by("number").last()

    return make


def test_the_grade_stands_there_once_all_is_marked(add, hand_in, seat, client):
    rule = {"when": "handed_in"}
    first, second = (add("assignment", points=10, rule=rule, title=f"Essay {n}") for n in (1, 2))
    mark(hand_in(first).pk, score(10))
    waits = hand_in(second)

    certificate = Certificate.objects.get()
    assert certificate.fields["grade"] is None
    assert "Grade" not in client.get(f"/verify/{certificate.number}").text

    mark(waits.pk, score(8))
    new = reissue(certificate, "All is marked now.")

    assert new.fields["grade"] == "90%"
    assert "90%" in client.get(f"/verify/{new.number}").text


def test_what_does_not_count_is_not_waited_for(add, hand_in, seat):
    graded = add("assignment", points=10, rule={"when": "handed_in"}, title="Essay")
    free = add("assignment", rule={"when": "handed_in"}, title="Letter")
    mark(hand_in(graded).pk, score(7))
    hand_in(free)

    assert Certificate.objects.get().fields["grade"] == "70%"


def test_work_that_newer_has_superseded_is_not_waited_for(add, hand_in, seat):
    work = add("assignment", points=10, rule={"when": "handed_in"}, title="Essay")
    step = add("page", rule={"when": "viewed"})
    hand_in(work)
    hand_in(work)
    mark(Attempt.objects.get(activity=work, number=2).pk, score(9))

    record(seat.pk, step.pk, Result(verb="completed", finished=True))

    assert Certificate.objects.get().fields["grade"] == "90%"
