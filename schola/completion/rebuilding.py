"""Deriving progress, grades and completion anew from the truth, one learner after another.

The truth is attempts with their marks, submissions, overrides, ticks, views and time. Each learner
is locked while theirs is derived, as for any act, so that it runs beside the server.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from schola.completion.actions import is_good_enough, needed, settle, settle_seat
from schola.courses.actions import tell_content_ready
from schola.courses.events import ConditionsEased
from schola.courses.models import Activity, Course
from schola.enrollment.models import Enrollment
from schola.grading.actions import Grades, rebuild_grades
from schola.grading.events import SchemeChanged
from schola.kernel.jobs import progress
from schola.records.actions import asks_for_a_grade, rebuild_steps
from schola.records.standing import Standing, Steps, standing


def rebuild(
    course: Course | None = None, tell: Callable[[int, int], None] = lambda done, total: None
) -> int:
    """Rebuild every seat of the course, or of the organization; return how many. Safe to repeat.

    What its activities say is found anew, by a job for each.

    tell  hears after each seat how many of how many are done
    """
    activities, seats = Activity.objects.all(), Enrollment.objects.all()
    tell_content_ready(activities.filter(course=course) if course else activities)
    return _each(seats.filter(course=course) if course else seats, rebuild_seat, tell)


def rebuild_seat(seat_id: int) -> None:
    """Derive what one learner has in one course anew. What is as it should be stays the same."""
    with standing(seat_id) as here:
        rebuild_steps(here)
        _count(here)


def count_anew(event: SchemeChanged) -> None:
    """Settle the totals of a course that is counted in another way now.

    What is finished without a grade stays as it is.
    """
    _each(Enrollment.objects.filter(course=event.course_id), _count_seat, progress)


def settle_anew(event: ConditionsEased) -> None:
    """Complete the course for those who have all that it still asks for."""
    learners = Enrollment.objects.active().learners()
    _each(learners.filter(course=event.course_id), settle_seat, progress)


def _each(seats: Any, act: Callable[[int], None], tell: Callable[[int, int], None]) -> int:
    found = list(seats.order_by("pk").values_list("pk", flat=True))
    for done, seat_id in enumerate(found, 1):
        act(seat_id)
        tell(done, len(found))
    return len(found)


def _count_seat(seat_id: int) -> None:
    with standing(seat_id) as here:
        _count(here)


def _count(here: Standing) -> None:
    """Derive grades, what asks for a grade, and completion."""
    rebuild_grades(here)
    _settle_graded_steps(here)
    settle(here, _completed_at(here))


def _settle_graded_steps(here: Standing) -> None:
    """Weigh the rules that ask for a grade."""
    steps, grades = here.part(Steps), here.part(Grades)
    for activity in here.structure.activities:
        if not asks_for_a_grade(activity):
            continue
        good, row = is_good_enough(here, activity), steps.rows.get(activity.id)
        if row is None and good:
            row = steps.step(activity.id)
        if row is not None:
            since = row.finished_at
            if good and since is None:
                since = grades.reached_at(activity.id, needed(activity))
            steps.settle(row, since if good else None)


def _completed_at(here: Standing) -> datetime:
    """Return when the last condition of the course came true, if they all are."""
    steps = here.part(Steps)
    required = {activity.id for activity in here.structure.published if activity.required}
    moments = [steps.rows[pk].finished_at for pk in required & steps.finished]
    if here.seat.course.pass_fraction is not None:
        moments.append(here.part(Grades).total().at)
    return max(moments, default=here.now)
