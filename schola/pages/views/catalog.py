"""Courses that are open to oneself, and joining them."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from schola.courses.models import Course
from schola.enrollment.actions import enroll_self
from schola.enrollment.models import Enrollment
from schola.kernel.guard import signed_in


@require_GET
@signed_in
def catalog(request: HttpRequest) -> HttpResponse:
    """Show the courses that people may join by themselves."""
    mine = Enrollment.objects.active().filter(person=request.person).values("course")
    open_ones = Course.objects.published().exclude(self_enrollment="closed").exclude(pk__in=mine)
    return render(request, "pages/catalog.html", {"courses": open_ones.order_by("title", "pk")})


@require_http_methods(["GET", "POST"])
@signed_in
def join(request: HttpRequest, course: str) -> HttpResponse:
    """Say what a course is that is open to oneself, and take a seat in it.

    This is the address that instructors share. Who is in the course already goes to it.
    """
    found = Course.objects.published().filter(slug=course).exclude(self_enrollment="closed").first()
    if found is None:
        raise Http404
    if request.method != "POST":
        seats = Enrollment.objects.active().filter(course=found, person=request.person)
        return redirect(f"/courses/{found.slug}") if seats.exists() else _join_page(request, found)
    try:
        enroll_self(request.person, found, request.POST.get("key", ""))
    except ValidationError as error:
        return _join_page(request, found, error.messages[0], 422)
    return redirect(f"/courses/{found.slug}")


def _join_page(
    request: HttpRequest, course: Course, error: str = "", status: int = 200
) -> HttpResponse:
    context = {"course": course, "error": error}
    return render(request, "pages/join.html", context, status=status)
