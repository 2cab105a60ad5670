"""What happens in a course just now, seen within a second."""

from typing import Any

from django.db.models import Count, F, Window
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from schola.courses.models import Course
from schola.courses.structure import structure_of
from schola.enrollment.models import Enrollment
from schola.kernel.guard import requires
from schola.kernel.live import live_url
from schola.kernel.permissions import can
from schola.pages.views.course import course_context
from schola.records.models import Attempt, Statement

SHOWN = 12  # acts: they stand in a narrow column
LEARNERS = 100
VERBS = {
    "experienced": _("has opened"),
    "attempted": _("has started"),
    "completed": _("has finished"),
    "submitted": _("has handed in"),
    "scored": _("was marked in"),
    "suspended": _("has opened again"),
    "answered": _("has answered"),
    "passed": _("has passed"),
    "failed": _("has not passed"),
}


@require_GET
@requires("course.people", Course)
def now(request: HttpRequest, course: Course) -> HttpResponse:
    """Show the last acts, who is at work, and how far everybody is. The page renews itself."""
    learners = _learners(course)
    context = course_context(request, course) | {
        "here": "now",
        "sees_records": can(request.person, "grade.view", course),
        "acts": _acts(course),
        "learners": learners,
        "learners_in_all": learners[0].in_all if learners else 0,
        "total": len(structure_of(course).published),
        "open_attempts": Attempt.objects.filter(activity__course=course, state="open").count(),
        "live": live_url(course.organization_id, f"course-{course.pk}", request.session_id),
    }
    if "fragment" in request.GET:
        return render(request, "pages/now_fragment.html", context)
    return render(request, "pages/now.html", context)


def _acts(course: Course) -> list[dict[str, Any]]:
    rows = Statement.objects.filter(activity__course=course).select_related("actor", "activity")
    return [
        {
            "who": row.actor.full_name,
            "verb": VERBS.get(row.verb, row.verb),
            "what": row.activity.title,
            "at": row.at,
            "points": row.earned,
            "most": row.possible,
        }
        for row in rows.order_by("-stored_at", "-pk")[:SHOWN]
    ]


def _learners(course: Course) -> list[Enrollment]:
    """Return the seats of those who were active last, each with how many there are `in_all`."""
    seats = Enrollment.objects.active().learners().filter(course=course)
    seats = seats.select_related("person", "course_progress", "completion", "course_grade")
    seats = seats.annotate(in_all=Window(Count("pk")))
    return list(
        seats.order_by(
            F("course_progress__last_at").desc(nulls_last=True), "person__sort_key", "pk"
        )[:LEARNERS]
    )
