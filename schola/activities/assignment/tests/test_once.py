"""Where work is taken once, it is taken once: from a stale page, and from two windows at once."""

import time
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from schola.activities.assignment.handing_in import take
from schola.activities.assignment.models import Submission
from schola.courses.activity_types import Score
from schola.kernel.sql import fetch
from schola.kernel.tenants import acting_in
from schola.kernel.tests.writers import two_writers
from schola.records.actions import allow_another, mark
from schola.records.models import Attempt

ONCE = {"task": "<p>Count.</p>", "takes_text": True, "takes_files": True, "again": False}


@pytest.fixture
def work(add):
    return add("assignment", config=ONCE)


def key_in(page):
    return page.partition('name="_key" value="')[2].partition('"')[0]


def test_a_page_that_is_stale_hands_nothing_in(signed_in, seat, work):
    learner, url = signed_in(seat.person), f"/courses/algebra/{work.key}"
    first, second = (key_in(learner.get(url).text) for _window in range(2))

    taken = learner.post(f"{url}/hand-in", {"text": "Mine.", "_key": first})
    refused = learner.post(f"{url}/hand-in", {"text": "Mine, too.", "_key": second})

    assert first != second
    assert (taken.status_code, refused.status_code) == (302, 422)
    assert "This is handed in already, and is not taken again." in refused.text
    assert Submission.objects.get().text == "Mine."


def test_what_is_let_once_more_is_taken_once_more(seat, work):
    first = take(seat.pk, work.pk, "First.", [])
    mark(first.pk, Score(3, 10))
    allow_another(first.pk)

    take(seat.pk, work.pk, "Second.", [])

    with pytest.raises(ValidationError):
        take(seat.pk, work.pk, "Third.", [])
    assert [each.text for each in Submission.objects.order_by("pk")] == ["First.", "Second."]


@two_writers
@pytest.mark.django_db(transaction=True)
def test_of_two_windows_at_once_one_hands_in(signed_in, seat, work, school):
    learner, url = signed_in(seat.person), f"/courses/algebra/{work.key}/hand-in"
    answers = []

    def other_window():
        with acting_in(school.pk):
            answers.append(learner.post(url, {"text": "From the other window."}))
        connection.close()

    with transaction.atomic():
        take(seat.pk, work.pk, "From this window.", [])
        other = Thread(target=other_window)
        other.start()
        until_somebody_waits()
    other.join()

    assert answers[0].status_code == 422
    assert "This is handed in already, and is not taken again." in answers[0].text
    assert Attempt.objects.count() == Submission.objects.count() == 1


def until_somebody_waits():
    """Return when a connection waits for a lock."""
    until = time.monotonic() + 10
    while not fetch("SELECT 1 FROM pg_locks WHERE NOT granted", []):
        assert time.monotonic() < until
        time.sleep(0.02)
