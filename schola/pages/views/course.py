"""The course: its outline, for the person who looks."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from schola.courses.models import Course
from schola.enrollment.models import Enrollment
from schola.kernel.guard import requires
from schola.kernel.numbers import whole
from schola.kernel.permissions import can
from schola.pages.needs import missing, needs
from schola.pages.outline import outline
from schola.pages.state import State, state_of, state_of_seat


@require_GET
@requires("course.view", Course)
def course_page(request: HttpRequest, course: Course) -> HttpResponse:
    """Show the outline as it is for this person, or as staff ask, for one of the learners."""
    state, look = whose(request, course)
    locks = state.locks
    step = state.next_step(locks)
    context = course_context(request, course) | {
        "state": state,
        "look": look,
        "next": step,
        "outline": outline(
            state, locks, step.id if step and not state.watching else None, look.query
        ),
        "needs": needs(state),
        "missing": missing(state) if state.seat_id and not step else "",
        "here": "outline",
    }
    return render(request, "pages/course.html", context)


@dataclass(frozen=True)
class Look:
    """Through whose eyes staff look. False in a template: through their own.

    name       of the learner; "" for somebody who has just come
    person_id  of the learner, for whoever may see their grades; else 0
    query      what the links of the view keep, as "?as=12"; "" for one's own eyes
    """

    name: str = ""
    query: str = ""
    person_id: int = 0

    def __bool__(self) -> bool:
        return bool(self.query)


def whose(request: HttpRequest, course: Course) -> tuple[State, Look]:
    """Return whose state to show, and through whose eyes staff look.

    `?as=learner` is somebody who has just come; `?as=<seat>` is one of the learners. Looking
    records nothing. Raises Http404 for a course that is not open yet, except to its staff, and
    for a seat that is not there or has ended.
    """
    person = request.person
    if not course.published_at and not can(person, "course.edit", course):
        raise Http404
    asked = request.GET.get("as", "")
    if not asked or not can(person, "course.people", course):
        return state_of(course, person), Look()
    if asked == "learner":
        return state_of_seat(course, 0), Look(query="?as=learner")
    seats = Enrollment.objects.active().filter(course=course, role="learner", pk=whole(asked))
    found = seats.select_related("person").first()
    if found is None:
        raise Http404
    shown = found.person_id if can(person, "grade.view", course) else 0
    look = Look(found.person.name, f"?as={found.pk}", shown)
    return state_of_seat(course, found.pk), look


def course_context(request: HttpRequest, course: Course) -> dict[str, Any]:
    """Return what the head of each page of a course needs. No query."""
    return {
        "course": course,
        "may_edit": can(request.person, "course.edit", course),
        "may_see_people": can(request.person, "course.people", course),
        "may_see_certificates": can(request.person, "certificates.view", course),
        "may_mark": can(request.person, "grade.edit", course),
        "base": f"/courses/{course.slug}",
    }
