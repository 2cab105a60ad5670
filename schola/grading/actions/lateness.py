"""How late work was, weighed anew when it is due at another moment.

Work that is marked while the date is changed may be weighed by the old one, after the change has
looked for it. Every transaction that can know the old date began before the new one was there for
all to see, so the job notes which others run at its start, and weighs again until none is left.
"""

from collections.abc import Collection
from datetime import timedelta

from django.utils.translation import gettext_lazy

from schola.courses.events import DueDateChanged
from schola.grading.actions.facts import weigh
from schola.kernel.jobs import job, progress
from schola.kernel.sql import open_transactions
from schola.records.models import Attempt
from schola.records.standing import standing

AT_ONCE = 50  # learners who are counted with the change itself: half a second of one writer
FIRST_PAUSE_SECONDS = 2  # and twice as long each time: a backup may run for an hour


def count_lateness(event: DueDateChanged) -> None:
    """Weigh the marked work of an activity anew: of few learners at once, and all by a job."""
    if len(_seats(event.activity_id)) <= AT_ONCE:
        _weigh_each(event.activity_id)
    weigh_all.enqueue(activity_id=event.activity_id)


@job(label=gettext_lazy("Marks counted anew after a change of the due date"))
def weigh_all(
    activity_id: int,
    older: Collection[str] | None = None,
    pause_seconds: int = FIRST_PAUSE_SECONDS,
) -> None:
    """Weigh the marked work of an activity anew, one learner after another. Safe to repeat.

    older  the transactions that ran when the new date was there; None: look now
    A transaction that is over has its marks among those listed here, or is still in `older`, and
    then the list is made again; one that begins later reads the new date. So nobody is missed.
    """
    running = open_transactions()
    left = running if older is None else running & set(older)
    _weigh_each(activity_id)
    if left:
        weigh_all.enqueue_after(
            timedelta(seconds=pause_seconds),
            activity_id=activity_id,
            older=sorted(left),
            pause_seconds=2 * pause_seconds,
        )


def _weigh_each(activity_id: int) -> None:
    """Each learner by the date that holds when it is their turn."""
    seats = _seats(activity_id)
    for done, seat_id in enumerate(seats, 1):
        with standing(seat_id) as here:
            weigh(here, activity_id)
        progress(done, len(seats))


def _seats(activity_id: int) -> list[int]:
    marked = Attempt.objects.filter(activity=activity_id, state=Attempt.State.MARKED)
    return list(marked.order_by("seat_id").values_list("seat_id", flat=True).distinct())
