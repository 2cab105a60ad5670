"""Who marks learns of newer work of the same learner, and marks the older only on purpose."""

from threading import Thread

import pytest
from django.db import connection, transaction

from schola.activities.assignment.handing_in import take
from schola.activities.assignment.tests.test_once import until_somebody_waits
from schola.grading.models import Fact
from schola.kernel.models import AuditEntry
from schola.kernel.tenants import acting_in
from schola.kernel.tests.writers import two_writers
from schola.records.models import Attempt

MARK = {"points": "15", "comment": "Well argued.", "revision": "1"}


@pytest.fixture
def marking(handed_in, work):
    """The address of the page on which the first hand-in is marked."""
    return f"/courses/algebra/{work.key}/submissions/{handed_in.pk}"


def seen_in(page):
    return page.partition('name="newest" value="')[2].partition('"')[0]


def test_the_page_of_older_work_says_so_and_leads_to_the_newest(
    handed_in, marking, signed_in, tove, work
):
    marker = signed_in(tove)
    alone = marker.get(marking).text
    take(handed_in.seat_id, work.pk, "Second.", [])
    last = take(handed_in.seat_id, work.pk, "Third.", [])

    older, newest = (marker.get(f"{marking[:-36]}{each.pk}").text for each in (handed_in, last))

    said = "This is older work"
    assert (said in alone, said in older, said in newest) == (False, True, False)
    assert f'href="{marking[:-36]}{last.pk}"' in older.partition('class="cols"')[0]


def test_a_mark_for_work_that_is_not_the_newest_any_more_is_not_saved(
    handed_in, marking, signed_in, tove, work
):
    marker = signed_in(tove)
    seen = seen_in(marker.get(marking).text)
    last = take(handed_in.seat_id, work.pk, "Better.", [])

    answer = marker.post(marking, MARK | {"newest": seen})

    assert answer.status_code == 409
    assert "has handed in again since you opened this page" in answer.text
    assert f'href="{marking[:-36]}{last.pk}"' in answer.text.partition("data-marking")[2]
    assert "Well argued.</textarea>" in answer.text
    assert 'value="15"' in answer.text
    assert not AuditEntry.objects.filter(act="grade.marked").exists()
    assert not Fact.objects.exists()
    assert Attempt.objects.get(pk=handed_in.pk).revision == 1


def test_older_work_is_marked_once_its_page_has_said_that_it_is(
    handed_in, marking, signed_in, tove, work
):
    marker = signed_in(tove)
    take(handed_in.seat_id, work.pk, "Better.", [])
    refused = marker.post(marking, MARK | {"newest": "1"})

    answer = marker.post(marking, MARK | {"newest": seen_in(refused.text)})

    assert answer.status_code == 302
    assert Attempt.objects.get(pk=handed_in.pk).earned == 15
    assert AuditEntry.objects.filter(act="grade.marked").count() == 1


def test_a_form_that_does_not_say_what_was_seen_marks_the_newest_only(
    handed_in, marking, signed_in, tove, work
):
    take(handed_in.seat_id, work.pk, "Better.", [])

    assert signed_in(tove).post(marking, MARK).status_code == 409


@two_writers
@pytest.mark.django_db(transaction=True)
def test_a_mark_waits_for_work_that_is_being_handed_in(
    handed_in, marking, signed_in, tove, work, school
):
    marker, answers = signed_in(tove), []

    def other_window():
        with acting_in(school.pk):
            answers.append(marker.post(marking, MARK | {"newest": "1"}))
        connection.close()

    with transaction.atomic():
        take(handed_in.seat_id, work.pk, "At the same moment.", [])
        other = Thread(target=other_window)
        other.start()
        until_somebody_waits()
    other.join()

    assert answers[0].status_code == 409
    assert Attempt.objects.get(pk=handed_in.pk).state == "finished"
