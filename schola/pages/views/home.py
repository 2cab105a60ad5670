"""Home: the one next thing, what is due, my courses; for staff, what waits for them."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from schola.courses.activity_types import activity_types
from schola.courses.models import Course
from schola.kernel.guard import signed_in
from schola.kernel.permissions import reach
from schola.pages.forms import NewCourseForm
from schola.pages.next_steps import due_soon, learners_of, resume
from schola.pages.queries import Card, cards, last_built
from schola.pages.staff import away, care, figures, to_grade
from schola.people.models import Person
from schola.talk.queries import unread

PAGE = 50


@require_GET
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Answer "what now?" with one button, in at most six queries."""
    mine = cards(request.person)
    learning = [card for card in mine if card.role == "learner" and card.published]
    teaching = [card for card in mine if card.role != "learner"]
    learners = learners_of(learning)
    due = due_soon(learning, learners)
    context = {
        "hello": _("Hello, %(name)s") % {"name": request.person.name},
        "resume": resume(learning, learners),
        "due": [each for each in due if not each.late],
        "late": [each for each in due if each.late],
        "learning": learning,
        "short": [card for card in learning if card.falls_short],
        "teaching": teaching,
        "news": unread(request, 3),
        "to_grade": to_grade(request.person) if reach(request.person, "grade.edit") else [],
        "away": away(request.person) if teaching else [],
        "figures": figures(request.person),
        "care": care(request.person),
        "may_audit": reach(request.person, "audit.view").organization,
        "sees_all": reach(request.person, "course.view").organization,
        "built": last_built(_mine_to_build(request.person, teaching)),
    } | building(request, teaching)
    return render(request, "pages/home.html", context)


@require_GET
@signed_in
def my_courses(request: HttpRequest) -> HttpResponse:
    """Show all courses of a person: those they learn in, those they work on."""
    mine = cards(request.person)
    teaching = [card for card in mine if card.role != "learner"]
    context = {
        "learning": [card for card in mine if card.role == "learner" and card.published],
        "teaching": teaching,
        "all_courses": _all_courses(request),
    } | building(request, teaching)
    return render(request, "pages/courses.html", context)


def _all_courses(request: HttpRequest) -> Page | None:
    """Return every course to whoever may see them all, drafts to who may change them. 2 queries."""
    if not reach(request.person, "course.view").organization:
        return None
    drafts = reach(request.person, "course.edit").organization
    courses = Course.objects.all() if drafts else Course.objects.published()
    return Paginator(courses.order_by("title", "pk"), PAGE).get_page(request.GET.get("page"))


def _mine_to_build(person: Person, teaching: list[Card]) -> list[Card]:
    builds = reach(person, "course.edit")
    return [each for each in teaching if builds.organization or each.course_id in builds.courses]


def building(request: HttpRequest, teaching: list[Card]) -> dict[str, Any]:
    """Return what authors begin with from a list of courses: a course, an activity. No query."""
    may_create = bool(reach(request.person, "course.create"))
    return {
        "may_create": may_create,
        "new_course": NewCourseForm(auto_id="new-%s") if may_create else None,
        "builds": reach(request.person, "course.edit"),
        "enrolls": reach(request.person, "course.enroll"),
        "kinds": list(activity_types) if teaching else [],
    }
