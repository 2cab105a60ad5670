"""Whether somebody may work on an activity now. Every address that writes a learner's work asks."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from schola.courses.models import Activity
from schola.courses.structure import is_shown
from schola.pages.state import State, state_of
from schola.people.models import Person


def may_work(person: Person, activity: Activity) -> State:
    """Return where the learner stands who may work on the activity now. Two queries.

    Whose state is asked for in the address does not matter: everybody works in their own seat.
    Raises as the page of the activity answers: Http404 without an open seat or if learners do not
    see the activity, PermissionDenied with the reason if conditions lock it.
    """
    must_go_on(activity)
    state = state_of(activity.course, person)
    if not state.seat_id:
        raise Http404
    if reason := state.locks.get(activity.pk):
        raise PermissionDenied(f"{reason}.")
    return state


def must_go_on(activity: Activity) -> None:
    """Raise Http404 if what was begun in the activity goes on no longer: learners do not see it.

    The view finds the attempt in the open seat of its person, or not at all. No query.
    """
    if not is_shown(activity.course, activity.pk):
        raise Http404
