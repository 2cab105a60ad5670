"""How late work is stands on the pages of whoever marks as it is deducted."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from schola.activities.assignment.handing_in import take
from schola.courses.activity_types import Score
from schola.grading.actions import SchemeWords, change_scheme
from schola.grading.models import Fact
from schola.kernel import clock
from schola.records.actions import mark

COSTS = SchemeWords(  # 10 percent of 20 points, for each day
    late_percent=Decimal(10), ungraded_counts=False, letters=False, categories=(), items={}
)


@pytest.mark.parametrize(
    ("late", "days"),
    [
        (timedelta(seconds=-1), 0),
        (timedelta(seconds=30), 0),
        (timedelta(seconds=31), 1),
        (timedelta(days=1), 1),
        (timedelta(days=1, seconds=1), 2),
        (timedelta(days=6, hours=20), 7),
    ],
)
def test_both_pages_say_for_how_many_days_points_are_deducted(
    seat, add, signed_in, tove, late, days
):
    due_at = timezone.now() - timedelta(days=30)
    work = add("assignment", points=20, due_at=due_at)
    change_scheme(work.course, 0, COSTS)
    with clock.at(due_at + late):
        handed_in = take(seat.pk, work.pk, "My work.", [])
    marker, url = signed_in(tove), f"/courses/algebra/{work.key}/submissions"

    pages = [marker.get(url).text, marker.get(f"{url}/{handed_in.pk}").text]
    mark(handed_in.pk, Score(Decimal(20), Decimal(20)))

    assert [days_on(page) for page in pages] == [days, days]
    assert Fact.objects.get().raw == 20 - 2 * days


def days_on(page):
    found = re.search(r"Late: (\d+) days? begun", page)
    return int(found[1]) if found else 0
