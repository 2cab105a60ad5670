"""Whoever marks reads of whom the work is that is in the course no more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schola.activities.assignment.handing_in import take
from schola.enrollment.actions import end_enrollments, enroll

SAID = "has left the course"


@pytest.fixture
def url(handed_in, work):
    return f"/courses/algebra/{work.key}/submissions"


@pytest.fixture
def leaver(person, course, work):
    """Let somebody hand in and leave."""

    def make(n):
        seat = enroll(person(f"Gone{n} Away"), course)
        take(seat.pk, work.pk, "Work", [])
        end_enrollments([seat.person_id], course)

    return make


def said(browser, url, attempt):
    """Return how often the list and the page of the work say so."""
    return [browser.get(where).text.count(SAID) for where in (url, f"{url}/{attempt.pk}")]


def test_work_of_who_has_left_says_so_in_the_list_and_on_its_page(
    handed_in, url, signed_in, tove, course
):
    marker = signed_in(tove)
    before = said(marker, url, handed_in)

    end_enrollments([handed_in.seat.person_id], course)

    assert (before, said(marker, url, handed_in)) == ([0, 0], [1, 1])


def test_who_has_come_again_has_not_left(handed_in, url, signed_in, tove, course):
    end_enrollments([handed_in.seat.person_id], course)

    enroll(handed_in.seat.person, course)

    assert said(signed_in(tove), url, handed_in) == [0, 0]


def test_the_list_costs_the_same_however_many_have_left(url, signed_in, tove, leaver):
    marker = signed_in(tove)
    leaver(0)
    marker.get(url)
    with CaptureQueriesContext(connection) as queries:
        marker.get(url)
    few = len(queries)
    for n in range(1, 6):
        leaver(n)

    marker.get(url)
    with CaptureQueriesContext(connection) as queries:
        page = marker.get(url).text

    assert page.count(SAID) == 6
    assert len(queries) == few
