"""What can be asked of attempts."""

from django.db.models import Exists, OuterRef, QuerySet

from schola.courses.structure import is_shown
from schola.enrollment.models import Enrollment
from schola.kernel.numbers import whole
from schola.kernel.rows import Rows
from schola.kernel.sql import fetch
from schola.records.models import Attempt

ATTEMPT = Rows(Attempt, "a")
BY_NUMBER = f"""
SELECT {ATTEMPT.columns}
  FROM {Enrollment._meta.db_table} e JOIN {Attempt._meta.db_table} a ON a.seat_id = e.id
 WHERE a.activity_id = %s AND a.number = %s AND e.person_id = %s AND e.ended_at IS NULL
 ORDER BY a.id LIMIT 1
"""


def attempt_by_number(activity_id: int, number: int, person_id: int) -> Attempt | None:
    """Return a person's attempt at an activity in the seat that is open. Asked with each save."""
    number = whole(str(number))  # of an address: too long a one is more than SQLite takes
    rows = fetch(BY_NUMBER, [activity_id, number, person_id])
    return ATTEMPT.read(rows[0]) if rows else None


def goes_on(seat: Enrollment, activity_id: int) -> bool:
    """Tell whether what was begun in a seat goes on: the seat is open, and so is the activity.

    A condition that locks the activity meanwhile does not end it. No query if the seat has its
    course.
    """
    return seat.ended_at is None and is_shown(seat.course, activity_id)


def newest(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """Keep of each learner and activity the last that was handed in: it stands for those before."""
    return attempts.exclude(state=Attempt.State.OPEN).filter(~superseded())


def superseded() -> Exists:
    """Tell, in a query of attempts, whether the same learner has handed in a later one."""
    later = Attempt.objects.exclude(state=Attempt.State.OPEN).filter(
        seat=OuterRef("seat"), activity=OuterRef("activity"), number__gt=OuterRef("number")
    )
    return Exists(later)
