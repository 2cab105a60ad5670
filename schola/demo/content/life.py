"""Six weeks of life as plain data: who did what, when, and how well. Replayed by real actions.

The same every time: chance comes from a seed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Literal

from schola.demo.content import COURSES
from schola.demo.content.hand_ins import hand_in_of
from schola.demo.content.outline import Course, Piece
from schola.demo.content.people import LEARNERS, Person

DAYS = 42
MARKED_UNTIL = 37  # what came later still waits in the queue
DAY_MINUTES = 24 * 60
SEED = 20_261_125
Deed = Literal["enroll", "finish", "attempt", "submit", "mark"]

COMMENTS = (
    (0.85, "Very clear. Your picture says at a glance what the text explains. Well done."),
    (0.7, "A good report. Say a word more about where the data come from and what is missing."),
    (0.5, "The numbers are right. Your conclusion needs reasons from your own data: why median?"),
    (0.0, "You have made a start. Please look at the list of what a report contains, and ask."),
)


@dataclass(frozen=True, order=True)
class Event:
    """minute   since the first day, 0:00; the last event is before day 42
    who      key of the person who acts; for a mark, the instructor
    about    key of the learner concerned
    fraction of the points, for an attempt or mark; None elsewhere
    text     a submission's or comment's
    """

    minute: int
    who: str
    deed: Deed
    course: str
    piece: str = ""
    about: str = ""
    fraction: float | None = None
    text: str = ""

    @property
    def day(self) -> int:
        return self.minute // DAY_MINUTES


def plan() -> tuple[Event, ...]:
    """Return all events in order of time."""
    random, events = Random(SEED), []
    for course in COURSES:
        for person in LEARNERS:
            if _takes_part(course, person):
                events += _in_course(random, course, person)
    return tuple(sorted(events, key=lambda event: (event.minute, event.who, event.piece)))


def _takes_part(course: Course, person: Person) -> bool:
    """All take data protection; Group B takes statistics, Group A is new here."""
    wanted = {"introduction-to-statistics": "Group B", "welcome-to-northgate": "Group A"}
    return wanted.get(course.slug, person.group) == person.group


def _in_course(random: Random, course: Course, person: Person) -> Iterator[Event]:
    clock = _Clock(random, person)
    yield Event(clock.minute, person.key, "enroll", course.slug, about=person.key)
    passed: set[str] = set()
    for piece in course.pieces():
        if not passed.issuperset(piece.after):
            continue
        if not clock.next(piece):
            return
        made, good = _at(random, course, person, piece, clock)
        yield from made
        if good:
            passed.add(piece.key)


def _at(
    random: Random, course: Course, person: Person, piece: Piece, clock: "_Clock"
) -> tuple[list[Event], bool]:
    """Return what the person did with the piece, and whether it is finished."""
    if piece.kind in ("quiz", "scorm"):
        return _attempts(random, course, person, piece, clock)
    if piece.kind == "assignment":
        return _handed_in(random, course, person, piece, clock), True
    done = Event(clock.minute, person.key, "finish", course.slug, piece.key, person.key)
    return [done], True


def _attempts(
    random: Random, course: Course, person: Person, piece: Piece, clock: "_Clock"
) -> tuple[list[Event], bool]:
    made: list[Event] = []
    for number in range(piece.attempts or 2):
        fraction = _score(random, person.talent + 0.12 * number)
        made.append(
            Event(clock.minute, person.key, "attempt", course.slug, piece.key, person.key, fraction)
        )
        if fraction * 100 >= piece.pass_percent:
            return made, True
        if not clock.pause(35):
            break
    return made, False


def _handed_in(
    random: Random, course: Course, person: Person, piece: Piece, clock: "_Clock"
) -> list[Event]:
    text = hand_in_of(course, piece, person)
    made = [
        Event(clock.minute, person.key, "submit", course.slug, piece.key, person.key, text=text)
    ]
    marked_at = clock.minute + random.randint(1, 4) * DAY_MINUTES + random.randint(0, 300)
    if marked_at < MARKED_UNTIL * DAY_MINUTES:
        fraction = _score(random, person.talent)
        comment = next(words for least, words in COMMENTS if fraction >= least)
        made.append(
            Event(
                marked_at,
                course.instructor,
                "mark",
                course.slug,
                piece.key,
                person.key,
                fraction if piece.points else None,
                comment,
            )
        )
    return made


def _score(random: Random, talent: float) -> float:
    return round(min(1.0, max(0.1, random.gauss(talent, 0.11))), 2)


class _Clock:
    """One person's time: evenings and lunch breaks, faster or slower by their pace."""

    def __init__(self, random: Random, person: Person) -> None:
        self._random, self._pace = random, person.pace
        self.minute = random.randint(8 * 60, 17 * 60)

    def next(self, piece: Piece) -> bool:
        """Go to the moment at which the piece is done. False: that would be after the plan."""
        if self._random.random() > self._pace * 0.4:
            days = 1 + int(self._random.expovariate(self._pace**2 / 1.2))
            hour = self._random.choice((8, 12, 17, 18, 19, 20, 20, 21))
            day = self.minute // DAY_MINUTES + days
            self.minute = day * DAY_MINUTES + hour * 60 + self._random.randint(0, 50)
        return self.pause(piece.minutes)

    def pause(self, minutes: int) -> bool:
        self.minute += minutes + self._random.randint(1, 6)
        return self.minute < DAYS * DAY_MINUTES
