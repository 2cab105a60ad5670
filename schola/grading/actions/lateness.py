"""How late work was, weighed anew when it is due at another moment."""

from schola.courses.events import DueDateChanged
from schola.grading.actions.facts import weigh
from schola.kernel.jobs import job, progress
from schola.records.models import Attempt
from schola.records.standing import standing

AT_ONCE = 50  # learners who are counted with the change itself: half a second of one writer


def count_lateness(event: DueDateChanged) -> None:
    """Weigh the marked work of an activity anew: of few learners at once, of many by a job."""
    if len(_seats(event.activity_id)) > AT_ONCE:
        weigh_all.enqueue(activity_id=event.activity_id)
    else:
        _weigh_each(event.activity_id)


@job()
def weigh_all(activity_id: int) -> None:
    """Weigh the marked work of an activity anew, one learner after another. Safe to repeat."""
    _weigh_each(activity_id)


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
