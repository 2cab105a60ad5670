"""What a person has learned here: each course with how far, how well, how long, until when."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from schola.completion.models import Certificate
from schola.courses.models import Course
from schola.courses.structure import load_structure
from schola.enrollment.models import Enrollment
from schola.kernel.numbers import shown_percent
from schola.kernel.permissions import allowed
from schola.people.models import Person
from schola.records.models import Attempt, Progress


@dataclass(frozen=True)
class Learned:
    """One seat of a learner. fraction in [0, 1]; minutes in front of activities, rounded.

    is_open  whether the reader may look into the course
    """

    seat_id: int
    course_id: int
    version: int
    slug: str
    title: str
    started_at: datetime
    ended_at: datetime | None
    finished: int
    last_at: datetime | None
    fraction: Decimal | None
    completed_at: datetime | None
    certificate: str | None
    attempts: int
    minutes: int
    is_open: bool

    @property
    def total(self) -> int:
        return len(load_structure(self.course_id, self.version).published)

    @property
    def grade(self) -> str:
        """The grade in percent, as people read it."""
        return "" if self.fraction is None else shown_percent(self.fraction)


FIELDS = (
    "pk", "course_id", "course__version", "course__slug", "course__title", "started_at",
    "ended_at", "course_progress__finished", "course_progress__last_at",
    "course_grade__fraction", "completion__completed_at", "certificate", "tries", "seconds",
    "is_open",
)  # fmt: skip


def seats_for(reader: Person, who: Person) -> QuerySet[Enrollment]:
    """Return the person's seats as a learner whose grades the reader may see."""
    seats = Enrollment.objects.learners().filter(person=who)
    return allowed(reader, "grade.view", seats)


def learned(seats: QuerySet[Enrollment], reader: Person) -> list[Learned]:
    """Return what was learned in these seats, the last started first. One query."""
    valid = Certificate.objects.filter(completion__seat=OuterRef("pk"), revoked_at=None)
    rows = seats.annotate(
        certificate=Subquery(valid.order_by("pk").values("number")[:1]),
        tries=_each(Attempt, Count("pk")),
        seconds=_each(Progress, Sum("seconds")),
        is_open=_is_open(reader),
    )
    return [
        Learned(
            *row[:7], row[7] or 0, *row[8:12], row[12] or 0, round((row[13] or 0) / 60), row[14]
        )
        for row in rows.order_by("-started_at", "-pk").values_list(*FIELDS)
    ]


def _is_open(reader: Person) -> Exists:
    """Tell whether the reader may look into the course; before it is public only its authors."""
    course = Course.objects.filter(pk=OuterRef("course"))
    drafts = allowed(reader, "course.edit", Course.objects.all()).values("pk")
    there = Q(published_at__isnull=False) | Q(pk__in=drafts)
    return Exists(allowed(reader, "course.view", course).filter(there))


def _each(model: type[Attempt] | type[Progress], what: Any) -> Subquery:
    """Return a number over the rows of a model in each seat."""
    rows = model.objects.filter(seat=OuterRef("pk")).order_by().values("seat")
    return Subquery(rows.annotate(number=what).values("number"))
