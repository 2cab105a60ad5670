"""An activity was open in front of its learner."""

from django.db import connection

from schola.courses.structure import ActivityFacts
from schola.enrollment.models import Enrollment
from schola.kernel import clock
from schola.kernel.tenants import current_organization
from schola.records.actions.record import record_in
from schola.records.models import DayCount, Progress
from schola.records.standing import standing
from schola.records.statements import Statement

COUNT_VIEW = f"""
INSERT INTO {DayCount._meta.db_table}
       (organization_id, seat_id, activity_id, date, views, seconds)
VALUES (%s, %s, %s, %s, 1, %s)
ON CONFLICT (seat_id, activity_id, date) DO UPDATE
   SET views = {DayCount._meta.db_table}.views + excluded.views,
       seconds = {DayCount._meta.db_table}.seconds + excluded.seconds
"""


def saw(seat: Enrollment, activity: ActivityFacts, progress: Progress | None) -> None:
    """Count a view of today; the first one ever is also a statement and may finish the activity.

    progress  where the learner stands in the activity, None before the first view

    One statement of SQL, except for the first view.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        row = [current_organization(), seat.pk, activity.id, now.date(), 0]
        cursor.execute(COUNT_VIEW, row)
    if progress is None:
        _first_view(seat, activity)


def _first_view(seat: Enrollment, activity: ActivityFacts) -> None:
    with standing(seat.pk) as here:
        first = Statement(
            at=here.now, actor_id=seat.person_id, verb="experienced", seat_id=seat.pk,
            activity_id=activity.id, version_id=activity.published_id,
        )  # fmt: skip
        here.log(first)
        record_in(here, activity)
