"""Where one person stands in one course, for a page: one query, whatever the course's size."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from schola.completion.models import Certificate, Completion
from schola.courses.conditions import Learner, lock_reason
from schola.courses.models import Course
from schola.courses.structure import ActivityFacts, Structure, structure_of
from schola.enrollment.models import Enrollment
from schola.grading.models import CourseGrade, Fact, GradeItem
from schola.kernel import clock
from schola.kernel.permissions import can
from schola.kernel.sql import exact, fetch, moment
from schola.people.models import Person
from schola.records.models import CourseProgress, Progress

SEAT = f"""
SELECT e.id, p.last_activity_id, g.fraction, t.number, c.completed_at
  FROM {Enrollment._meta.db_table} e
  LEFT JOIN {CourseProgress._meta.db_table} p ON p.seat_id = e.id
  LEFT JOIN {CourseGrade._meta.db_table} g ON g.seat_id = e.id
  LEFT JOIN {Completion._meta.db_table} c ON c.seat_id = e.id
  LEFT JOIN {Certificate._meta.db_table} t ON t.completion_id = c.id AND t.revoked_at IS NULL
 WHERE e.course_id = %s AND e.ended_at IS NULL AND e.role = 'learner'
"""
SEAT_AND_STEPS = f"""
WITH seat (id, last, fraction, certificate, completed_at) AS ({SEAT} {{condition}})
SELECT 3, last, fraction, id, certificate, completed_at FROM seat
UNION ALL
SELECT 2, i.activity_id, COALESCE(f.override, f.raw), i.maximum, NULL, NULL
  FROM {Fact._meta.db_table} f JOIN {GradeItem._meta.db_table} i ON i.id = f.item_id
 WHERE f.seat_id IN (SELECT id FROM seat) AND i.activity_id IS NOT NULL AND i.removed_at IS NULL
UNION ALL
SELECT CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END, activity_id, NULL, NULL, NULL, NULL
  FROM {Progress._meta.db_table} WHERE seat_id IN (SELECT id FROM seat)
"""
STEPS = f"""
SELECT seat_id, CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END, activity_id, NULL, NULL
  FROM {Progress._meta.db_table} WHERE seat_id IN ({{marks}})
UNION ALL
SELECT f.seat_id, 2, i.activity_id, COALESCE(f.override, f.raw), i.maximum
  FROM {Fact._meta.db_table} f JOIN {GradeItem._meta.db_table} i ON i.id = f.item_id
 WHERE f.seat_id IN ({{marks}}) AND i.activity_id IS NOT NULL AND i.removed_at IS NULL
"""


@dataclass(frozen=True)
class Steps:
    """What a learner has done in a seat. grades: points and maximum of each graded activity."""

    seen: frozenset[int] = frozenset()
    finished: frozenset[int] = frozenset()
    grades: Mapping[int, tuple[Decimal, Decimal]] = field(default_factory=dict)

    def learner(self, at: datetime) -> Learner:
        """Return what conditions may ask at a moment."""
        fractions = {pk: float(points / most) for pk, (points, most) in self.grades.items()}
        return Learner(at, self.finished, fractions)


@dataclass(frozen=True)
class State(Steps):
    """Where a person stands in a course. Without a seat: as somebody who has just come.

    watching  has no seat and may look nevertheless, as staff do
    unlocked  conditions lock nothing: somebody who watches, or who may change the conditions
    """

    course: Course = field(kw_only=True)
    structure: Structure = field(kw_only=True)
    at: datetime = field(kw_only=True)
    seat_id: int | None = None
    fraction: Decimal | None = None
    completed_at: datetime | None = None
    certificate: str | None = None
    last_id: int | None = None
    watching: bool = False
    unlocked: bool = False

    @cached_property
    def locks(self) -> dict[int, str]:
        """Why each locked activity is locked, in words."""
        if self.unlocked or not self.structure.conditional:
            return {}
        return locks_of(self.structure, self.learner(self.at))

    def next_step(self, locks: dict[int, str]) -> ActivityFacts | None:
        """Return where to go on: the last one if it is unfinished, else the first open one."""
        shown = [a for a in self.structure.published if a.id not in locks]
        unfinished = [a for a in shown if a.id not in self.finished]
        last = next((a for a in unfinished if a.id == self.last_id), None)
        return last or next(iter(unfinished), None)

    @cached_property
    def done(self) -> int:
        return sum(activity.id in self.finished for activity in self.structure.published)

    @property
    def begun(self) -> bool:
        return self.done > 0

    @property
    def total(self) -> int:
        return len(self.structure.published)

    @property
    def percent(self) -> int:
        return 100 * self.done // max(self.total, 1)

    @property
    def asks(self) -> bool:
        """Whether completing the course asks for anything."""
        return self.course.pass_fraction is not None or any(
            a.required for a in self.structure.published
        )

    @property
    def all_but_complete(self) -> bool:
        """All steps are done, and the course is not complete: points or a mark are missing.

        A course that asks for nothing is never complete, and nothing is missing there.
        """
        done = self.total > 0 and self.done == self.total
        return done and not self.completed_at and self.asks

    @property
    def steps(self) -> str:
        """How many steps are done, as a ring says it: "5/5"."""
        return f"{self.done}/{self.total}"

    @cached_property
    def minutes_left(self) -> int:
        left = (a for a in self.structure.published if a.id not in self.finished)
        return sum(activity.minutes or 0 for activity in left)

    @property
    def hours_left(self) -> int:
        return round(self.minutes_left / 60)


def state_of(course: Course, person: Person) -> State:
    """Return where the person stands in the course. One query."""
    found = _load(course, "AND e.person_id = %s", person.pk)
    watching = found.seat_id is None
    return replace(
        found, watching=watching, unlocked=watching or can(person, "course.edit", course)
    )


def state_of_seat(course: Course, seat_id: int) -> State:
    """Return where the learner in this seat of the course stands."""
    return _load(course, "AND e.id = %s", seat_id)


def learners_in(seat_ids: Collection[int]) -> dict[int, Learner]:
    """Return what conditions may ask now of the learner in each seat. One query; none for none."""
    if not seat_ids:
        return {}
    now, steps = clock.now(), _steps(sorted(seat_ids))
    return {seat_id: steps.get(seat_id, Steps()).learner(now) for seat_id in seat_ids}


def locks_of(structure: Structure, learner: Learner) -> dict[int, str]:
    """Return why each activity that is locked for the learner is locked, in words."""
    pairs = ((a.id, lock_reason(trees, learner, structure)) for a, trees in structure.conditional)
    return {activity_id: reason for activity_id, reason in pairs if reason}


def _load(course: Course, condition: str, value: int) -> State:
    structure, now = structure_of(course), clock.now()
    rows = fetch(SEAT_AND_STEPS.format(condition=condition), [course.pk, value])
    seat = next((row for row in rows if row[0] == 3), None)
    if seat is None:
        return State(course=course, structure=structure, at=now)
    _, last_id, fraction, seat_id, certificate, completed_at = seat
    steps = _steps_from(rows)
    return State(
        course=course,
        structure=structure,
        at=now,
        seat_id=int(seat_id),
        fraction=exact(fraction),
        completed_at=moment(completed_at),
        certificate=certificate,
        last_id=last_id,
        seen=steps.seen,
        finished=steps.finished,
        grades=steps.grades,
    )


def _steps(seat_ids: Collection[int]) -> dict[int, Steps]:
    """Return what has been done in each seat in which something has. One query."""
    marks = ", ".join(["%s"] * len(seat_ids))
    by_seat: dict[int, list[tuple]] = {}
    for seat_id, *row in fetch(STEPS.format(marks=marks), [*seat_ids, *seat_ids]):
        by_seat.setdefault(seat_id, []).append(row)
    return {seat_id: _steps_from(rows) for seat_id, rows in by_seat.items()}


def _steps_from(rows: Sequence[Sequence]) -> Steps:
    """Return the steps in rows of kind, activity, points and maximum."""
    return Steps(
        seen=frozenset(row[1] for row in rows if row[0] < 2),
        finished=frozenset(row[1] for row in rows if row[0] == 1),
        grades={
            row[1]: (exact(row[2]), exact(row[3]))
            for row in rows
            if row[0] == 2 and row[2] is not None
        },
    )
