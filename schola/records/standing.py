"""One learner in one course, loaded once and written once.

    with standing(seat_id) as here:
        …

The seat is locked, the structure of the course comes from the process, and each floor keeps its
rows in a *part* that is loaded at first use and written at the end. What handlers do in between
costs no query of its own.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.db import transaction

from schola.courses.structure import ActivityFacts, Structure, structure_of
from schola.enrollment.models import Enrollment
from schola.kernel import clock
from schola.kernel.events import Event, queue, tell
from schola.kernel.signals import announce
from schola.records.models import Attempt, CourseProgress, Progress, Statement
from schola.records.statements import append

Model = TypeVar("Model")


class Part(Protocol):
    """What one floor knows of a standing: loaded by its constructor, written by `save`."""

    def __init__(self, standing: "Standing") -> None: ...

    def save(self) -> None: ...


P = TypeVar("P", bound=Part)


class Standing:
    """One learner in one course, while something happens to them."""

    def __init__(self, seat: Enrollment) -> None:
        self.seat = seat
        self.now: datetime = clock.now()
        self.structure: Structure = structure_of(seat.course)
        self._parts: dict[type, Any] = {}
        self._statements: list[Statement] = []
        self._events: list[Event] = []
        self._attempts: dict[int, list[Attempt]] = {}

    def part(self, kind: type[P]) -> P:
        """Return the part of one floor, loaded at first use."""
        if kind not in self._parts:
            self._parts[kind] = kind(self)
        return self._parts[kind]

    def activity(self, activity_id: int) -> ActivityFacts | None:
        """Return the activity, or None if it has been taken out of the course."""
        return self.structure.by_id.get(activity_id)

    def attempts(self, activity_id: int) -> list[Attempt]:
        """Return the learner's attempts at an activity in order, loaded at first use.

        Who makes another one adds it to the list.
        """
        if activity_id not in self._attempts:
            mine = Attempt.objects.filter(seat_id=self.seat.pk, activity_id=activity_id)
            self._attempts[activity_id] = list(mine.order_by("number"))
        return self._attempts[activity_id]

    def load_attempts(self) -> None:
        """Load the learner's attempts at all activities at once."""
        mine = Attempt.objects.filter(seat_id=self.seat.pk).order_by("activity_id", "number")
        self._attempts = {activity.id: [] for activity in self.structure.activities}
        for attempt in mine:
            self._attempts.setdefault(attempt.activity_id, []).append(attempt)

    def replace_attempt(self, attempt: Attempt) -> None:
        """Let this row stand for the attempt, if it was loaded another time."""
        mine = self.attempts(attempt.activity_id)
        self._attempts[attempt.activity_id] = [
            attempt if each.pk == attempt.pk else each for each in mine
        ]

    def emit(self, event: Event) -> None:
        """Tell the handlers of now, with this standing; those of later hear of it at the end."""
        self._events.append(event)
        tell(event, self)

    def log(self, statement: Statement) -> None:
        """Keep a statement, to be appended at the end."""
        self._statements.append(statement)

    def save(self) -> None:
        """Write what has changed: the parts, the statements, the jobs, one signal."""
        for part in list(self._parts.values()):
            part.save()
        append(self._statements)
        queue(self._events)
        if self._statements or self._events:
            announce(f"course-{self.seat.course_id}", {"seat": self.seat.pk})


class Steps:
    """The part of `records`: where the learner stands in each activity."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        rows = Progress.objects.filter(seat_id=standing.seat.pk)
        self.rows = {row.activity_id: row for row in rows}
        self._changed: set[int] = set()

    def step(self, activity_id: int) -> Progress:
        """Return the learner's progress in the activity, made now if there is none."""
        if activity_id not in self.rows:
            now = self.standing.now
            self.rows[activity_id] = Progress(
                seat_id=self.standing.seat.pk, activity_id=activity_id, first_at=now, last_at=now
            )
        self._changed.add(activity_id)
        return self.rows[activity_id]

    def settle(self, row: Progress, finished_at: datetime | None) -> None:
        """Let the activity be finished since this moment, or open, without an event."""
        row.finished_at = finished_at
        self._changed.add(row.activity_id)

    @property
    def finished(self) -> frozenset[int]:
        """The activities that are finished."""
        return frozenset(pk for pk, row in self.rows.items() if row.finished_at)

    def save(self) -> None:
        if not self._changed:
            return
        rows = [self.rows[pk] for pk in sorted(self._changed)]
        upsert(Progress, rows, ("seat", "activity"), ("last_at", "seconds", "marks", "finished_at"))
        shown = {activity.id for activity in self.standing.structure.published}
        last = max(self.rows.values(), key=lambda row: (row.last_at, row.activity_id))
        card = CourseProgress(
            seat_id=self.standing.seat.pk,
            finished=len(self.finished & shown),
            last_activity_id=last.activity_id,
            last_at=last.last_at,
        )
        upsert(CourseProgress, [card], ("seat",), ("finished", "last_activity", "last_at"))


def upsert(
    model: type[Model], rows: Iterable[Model], key: tuple[str, ...], fields: tuple[str, ...]
) -> None:
    """Insert the rows, or write these fields where the key is there already. One statement.

    The rows go without their ids: with them, an id that exists would be a conflict of its own.
    """
    rows = list(rows)
    for row in rows:
        row.pk = None
    model.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=list(key), update_fields=list(fields)
    )


@contextmanager
def standing(seat_id: int) -> Iterator[Standing]:
    """Lock the seat, and on exit write what has changed with it.

    One learner in one course is one queue: two last activities finished at the same moment would
    otherwise each see the other as open, and the course would never be completed.
    """
    with transaction.atomic():
        seats = Enrollment.objects.select_related("course").select_for_update(of=("self",))
        here = Standing(seats.get(pk=seat_id))
        yield here
        here.save()
