"""What a learner does next, over all their courses: where to go on, and what is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext

from schola.courses.conditions import Learner, lock_reason
from schola.courses.structure import ActivityFacts
from schola.kernel import clock
from schola.pages.queries import Card
from schola.pages.state import learners_in

DUE_WITHIN = timedelta(days=14)
Learners = Mapping[int, Learner]


@dataclass(frozen=True)
class Due:
    """Something to do by a date. locked: conditions keep it closed as yet."""

    title: str
    course: str
    url: str
    at: datetime
    late: bool
    locked: bool = False


def learners_of(courses: list[Card]) -> dict[int, Learner]:
    """Return by seat the learner of each course that `resume` and `due_soon` ask about.

    At most one query.
    """
    begun = [card for card in courses if card.last_id and not card.completed_at]
    return learners_in({card.seat_id for card in [*begun, *(card for card, _ in _dated(courses))]})


def resume(courses: list[Card], learners: Learners) -> tuple[Card, ActivityFacts] | None:
    """Return the one thing to go on with: where the person was last, or the first thing to do."""
    for card in courses:
        if not card.published or card.completed_at:
            continue
        learner = learners.get(card.seat_id) or Learner(clock.now())
        left = [a for a in card.activities if a.id not in learner.finished]
        left.sort(key=lambda activity: activity.id != card.last_id)  # where they were comes first
        if step := next((a for a in left if not _locked(card, a, learner)), None):
            return card, step
    return None


def due_soon(courses: list[Card], learners: Learners) -> list[Due]:
    """Return what is due in two weeks or late, in order."""
    now, found = clock.now(), []
    for card, activity in _dated(courses):
        learner = learners[card.seat_id]
        if activity.id not in learner.finished:
            locked = _locked(card, activity, learner)
            url, at = f"{card.url}/{activity.key}", activity.due_at
            found.append(Due(activity.title, card.title, url, at, at < now, locked))
    found += [
        Due(card.title, gettext("the whole course"), card.url, card.due_at, card.due_at < now)
        for card in courses
        if card.due_at and card.due_at < now + DUE_WITHIN and card.published
        and not card.completed_at
    ]  # fmt: skip
    return sorted(found, key=lambda each: each.at)


def _locked(card: Card, activity: ActivityFacts, learner: Learner) -> bool:
    if card.unlocked:
        return False
    structure = card.structure
    return bool(lock_reason(structure.conditions(activity), learner, structure))


def _dated(courses: list[Card]) -> list[tuple[Card, ActivityFacts]]:
    limit = clock.now() + DUE_WITHIN
    return [
        (card, activity)
        for card in courses
        if card.published
        for activity in card.activities
        if activity.due_at and activity.due_at < limit
    ]
