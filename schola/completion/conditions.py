"""What a course still asks of a learner."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from schola.courses.models import Course
from schola.courses.structure import Structure
from schola.kernel.numbers import shown_points


@dataclass(frozen=True)
class Condition:
    """One condition of a course, in words, and whether it is met."""

    text: str
    met: bool


def conditions(
    course: Course, structure: Structure, finished: Collection[int], fraction: Decimal | None
) -> list[Condition]:
    """Return every condition of the course: the required activities, then the grade.

    fraction  the learner's total, in [0, 1]; None if nothing is graded yet
    """
    found = [
        Condition(_("Finish “%(title)s”") % {"title": activity.title}, activity.id in finished)
        for activity in structure.published
        if activity.required
    ]
    if course.pass_fraction is not None:
        percent = shown_points(100 * course.pass_fraction, 1)
        met = fraction is not None and fraction >= course.pass_fraction
        found.append(Condition(_("Reach %(percent)s%% in total") % {"percent": percent}, met))
    return found


def is_complete(
    course: Course,
    structure: Structure,
    finished: Collection[int],
    total: Callable[[], Decimal | None],
) -> bool:
    """Tell whether every condition is met. A course that asks for nothing is never complete.

    total  the learner's total, in [0, 1]; asked only if the grade decides
    """
    required = [activity.id for activity in structure.published if activity.required]
    if any(activity_id not in finished for activity_id in required):
        return False
    if course.pass_fraction is None:
        return bool(required)
    fraction = total()
    return fraction is not None and fraction >= course.pass_fraction
