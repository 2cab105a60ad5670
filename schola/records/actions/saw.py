"""An activity was open in front of its learner."""

from django.db import connection

from schola.courses.structure import ActivityFacts
from schola.enrollment.models import Enrollment
from schola.kernel import clock
from schola.kernel.tenants import current_organization
from schola.records.actions.record import record_in
from schola.records.models import DayCount, Statement
from schola.records.standing import standing

COUNT_VIEW = f"""
INSERT INTO {DayCount._meta.db_table}
       (organization_id, seat_id, activity_id, date, views, seconds)
VALUES (%s, %s, %s, %s, 1, %s)
ON CONFLICT (seat_id, activity_id, date) DO UPDATE
   SET views = {DayCount._meta.db_table}.views + excluded.views,
       seconds = {DayCount._meta.db_table}.seconds + excluded.seconds
"""


def saw(seat: Enrollment, activity: ActivityFacts, *, first: bool) -> bool:
    """Count a view of today; the first one ever is also a statement and may finish the activity.

    first  the learner has no progress in the activity yet

    One statement of SQL, except for the first view. Returns whether it was the first.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        row = [current_organization(), seat.pk, activity.id, now.date(), 0]
        cursor.execute(COUNT_VIEW, row)
    if first:
        _first_view(seat, activity)
    return first


def _first_view(seat: Enrollment, activity: ActivityFacts) -> None:
    with standing(seat.pk) as here:
        seen = Statement(
            at=here.now, actor_id=seat.person_id, verb="experienced", seat_id=seat.pk,
            activity_id=activity.id, version_id=activity.published_id,
        )  # fmt: skip
        here.log(seen)
        record_in(here, activity)
