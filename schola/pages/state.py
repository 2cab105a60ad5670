"""Where one person stands in one course, for a page: two queries, whatever the course's size."""

from dataclasses import dataclass, field
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
from schola.kernel.sql import exact, fetch, moment
from schola.records.models import CourseProgress, Progress

SEAT = f"""
SELECT e.id, g.fraction, c.completed_at, t.number, p.last_activity_id
  FROM {Enrollment._meta.db_table} e
  LEFT JOIN {CourseProgress._meta.db_table} p ON p.seat_id = e.id
  LEFT JOIN {CourseGrade._meta.db_table} g ON g.seat_id = e.id
  LEFT JOIN {Completion._meta.db_table} c ON c.seat_id = e.id
  LEFT JOIN {Certificate._meta.db_table} t ON t.completion_id = c.id AND t.revoked_at IS NULL
 WHERE e.course_id = %s AND e.ended_at IS NULL AND e.role = 'learner'
"""
STEPS = f"""
SELECT activity_id, CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END, NULL, NULL
  FROM {Progress._meta.db_table} WHERE seat_id = %s
UNION ALL
SELECT i.activity_id, 2, COALESCE(f.override, f.raw), i.maximum
  FROM {Fact._meta.db_table} f JOIN {GradeItem._meta.db_table} i ON i.id = f.item_id
 WHERE f.seat_id = %s AND i.activity_id IS NOT NULL AND i.removed_at IS NULL
"""


@dataclass(frozen=True)
class State:
    """Where a person stands in a course. Without a seat: as somebody who has just come.

    grades  points and maximum of each graded activity
    """

    course: Course
    structure: Structure
    at: datetime
    seat_id: int | None = None
    fraction: Decimal | None = None
    completed_at: datetime | None = None
    certificate: str | None = None
    last_id: int | None = None
    seen: frozenset[int] = frozenset()
    finished: frozenset[int] = frozenset()
    grades: dict[int, tuple[Decimal, Decimal]] = field(default_factory=dict)

    @property
    def learner(self) -> Learner:
        """What conditions may ask."""
        fractions = {pk: float(points / most) for pk, (points, most) in self.grades.items()}
        return Learner(self.at, self.finished, fractions)

    @cached_property
    def locks(self) -> dict[int, str]:
        """Why each locked activity is locked, in words."""
        if not self.structure.conditional:
            return {}
        learner, found = self.learner, {}
        for activity, trees in self.structure.conditional:
            if reason := lock_reason(trees, learner, self.structure):
                found[activity.id] = reason
        return found

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

    @cached_property
    def minutes_left(self) -> int:
        left = (a for a in self.structure.published if a.id not in self.finished)
        return sum(activity.minutes or 0 for activity in left)

    @property
    def hours_left(self) -> int:
        return round(self.minutes_left / 60)


def state_of(course: Course, person_id: int) -> State:
    """Return where the person stands in the course. Two queries; one without a seat."""
    return _load(course, "AND e.person_id = %s", person_id)


def state_of_seat(course: Course, seat_id: int) -> State:
    """Return where the learner in this seat of the course stands."""
    return _load(course, "AND e.id = %s", seat_id)


def _load(course: Course, condition: str, value: int) -> State:
    structure, now = structure_of(course), clock.now()
    row = next(iter(fetch(SEAT + condition, [course.pk, value])), None)
    if row is None:
        return State(course, structure, now)
    steps = fetch(STEPS, [row[0], row[0]])
    return State(
        course,
        structure,
        now,
        seat_id=row[0],
        fraction=exact(row[1]),
        completed_at=moment(row[2]),
        certificate=row[3],
        last_id=row[4],
        seen=frozenset(pk for pk, kind, _, _ in steps if kind < 2),
        finished=frozenset(pk for pk, kind, _, _ in steps if kind == 1),
        grades={
            pk: (exact(points), exact(most))
            for pk, kind, points, most in steps
            if kind == 2 and points is not None
        },
    )
