"""What is made of a file by a job, and found no room on the disk: why, and to try once more."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from schola.kernel.files.room import NO_ROOM, no_room
from schola.kernel.jobs import JobTask, run_now


class MadeByJob:
    """Part of a model that has `state` (WAITING, BROKEN among them) and `problem`.

    problem  why it cannot be shown, in words for its author; the code "no_room" for want of room
    """

    @property
    def why(self) -> str:
        """Why it cannot be shown, in words for its author."""
        return no_room() if self.problem == NO_ROOM else self.problem

    @property
    def may_try_again(self) -> bool:
        """Whether it cannot be shown only for want of room: what is broken stays so."""
        return self.state == self.State.BROKEN and self.problem == NO_ROOM


@transaction.atomic
def try_again(made: Any, task: JobTask, **arguments: object) -> bool:
    """Let the job make it once more where it found no room; tell whether that is begun now.

    Safe to repeat. Raises ValidationError if it is broken otherwise: trying would not help.
    """
    states = made.State
    if made.state == states.BROKEN and not made.may_try_again:
        raise ValidationError(made.why)
    lacking = type(made).objects.filter(pk=made.pk, state=states.BROKEN, problem=NO_ROOM)
    begun = bool(lacking.update(state=states.WAITING, problem=""))
    if begun:
        run_now(task, **arguments)
    return begun
