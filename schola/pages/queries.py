"""What the pages that bring several apps together ask, each in a constant number of queries."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from schola.completion.models import Certificate, Completion
from schola.courses.models import Course
from schola.courses.structure import ActivityFacts, ModuleFacts, Structure, load_structure
from schola.enrollment.models import Enrollment
from schola.grading.models import CourseGrade
from schola.kernel.permissions import reach
from schola.kernel.sql import exact, fetch, moment
from schola.people.models import Person
from schola.records.models import CourseProgress

CARDS = f"""
SELECT e.id, c.id, c.slug, c.title, c.hue, c.weave, c.version, e.role, c.published_at IS NOT NULL,
       p.finished, p.last_activity_id, p.last_at, g.fraction, d.completed_at, t.number, e.due_at,
       c.pass_fraction
  FROM {Enrollment._meta.db_table} e
  JOIN {Course._meta.db_table} c ON c.id = e.course_id
  LEFT JOIN {CourseProgress._meta.db_table} p ON p.seat_id = e.id
  LEFT JOIN {CourseGrade._meta.db_table} g ON g.seat_id = e.id
  LEFT JOIN {Completion._meta.db_table} d ON d.seat_id = e.id
  LEFT JOIN {Certificate._meta.db_table} t ON t.completion_id = d.id AND t.revoked_at IS NULL
 WHERE e.person_id = %s AND e.ended_at IS NULL
 ORDER BY p.last_at DESC NULLS LAST, e.started_at DESC, e.id
"""


@dataclass(frozen=True)
class Card:
    """A course as a person meets it on the home page.

    unlocked  conditions lock nothing there, since the person may change them
    """

    seat_id: int
    course_id: int
    slug: str
    title: str
    hue: str
    weave: str
    version: int
    role: str
    published: bool
    finished: int
    last_id: int | None
    last_at: datetime | None
    fraction: Decimal | None
    completed_at: datetime | None
    certificate: str | None
    due_at: datetime | None
    pass_fraction: Decimal | None
    unlocked: bool

    @property
    def structure(self) -> Structure:
        """The course from end to end, without a query once the process has it."""
        return load_structure(self.course_id, self.version)

    @property
    def activities(self) -> tuple[ActivityFacts, ...]:
        """The activities that learners see."""
        return self.structure.published

    @property
    def total(self) -> int:
        return len(self.activities)

    @property
    def percent(self) -> int:
        return min(100, 100 * self.finished // max(self.total, 1))

    @property
    def asks(self) -> bool:
        """Whether completing the course asks for anything."""
        return self.pass_fraction is not None or any(a.required for a in self.activities)

    @property
    def all_but_complete(self) -> bool:
        """All steps are done, and the course is not complete: points or a mark are missing.

        A course that asks for nothing is never complete, and nothing is missing there.
        """
        done = self.total > 0 and self.finished >= self.total
        return done and not self.completed_at and self.asks

    @property
    def falls_short(self) -> bool:
        """All steps are done, and the points do not come to what completing needs."""
        if self.pass_fraction is None or not self.all_but_complete:
            return False
        return (self.fraction or 0) < self.pass_fraction

    @property
    def url(self) -> str:
        return f"/courses/{self.slug}"


def cards(person: Person) -> list[Card]:
    """Return the courses in which a person has a seat, the last one used first. One query."""
    edited = reach(person, "course.edit")
    return [
        Card(
            *row[:8], bool(row[8]), row[9] or 0, row[10], moment(row[11]), exact(row[12]),
            moment(row[13]), row[14], moment(row[15]), exact(row[16]),
            unlocked=edited.organization or row[1] in edited.courses,
        )
        for row in fetch(CARDS, [person.pk])
    ]  # fmt: skip


def last_built(courses: list[Card]) -> tuple[Card, ModuleFacts] | None:
    """Return the module in which the newest draft was begun; None if there is none. No query."""
    drafts = (
        (activity.draft_id, card, activity.module_id)
        for card in courses
        for activity in card.structure.activities
        if activity.draft_id
    )
    newest = max(drafts, key=lambda draft: draft[0], default=None)
    if newest is None:
        return None
    _, card, module_id = newest
    return card, card.structure.module_by_id[module_id]
