"""Courses that are open to oneself, and joining them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from schola.courses.models import Course
from schola.enrollment.actions import enroll_self
from schola.enrollment.models import Enrollment
from schola.kernel.guard import signed_in
from schola.people.models import Person


class JoinForm(forms.Form):
    """The key of a course; one that is open to everybody asks for none."""

    key = forms.CharField(
        label=_("Key"),
        help_text=_("You have it from the instructor of the course."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, course: Course, *given: Any) -> None:
        super().__init__(*given, auto_id=f"%s-{course.pk}")  # many are on one page
        self.fields["key"].required = course.self_enrollment == Course.SelfEnrollment.KEY


@require_GET
@signed_in
def catalog(request: HttpRequest) -> HttpResponse:
    """Show the courses that people may join by themselves."""
    mine = Enrollment.objects.active().filter(person=request.person).values("course")
    open_ones = Course.objects.published().exclude(self_enrollment="closed").exclude(pk__in=mine)
    rows = [(course, JoinForm(course)) for course in open_ones.order_by("title", "pk")]
    return render(request, "pages/catalog.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@signed_in
def join(request: HttpRequest, course: str) -> HttpResponse:
    """Say what a course is that is open to oneself, and take a seat in it.

    This is the address that instructors share. Who is in the course already goes to it.
    """
    found = Course.objects.published().filter(slug=course).exclude(self_enrollment="closed").first()
    if found is None:
        raise Http404
    form, status = JoinForm(found, request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        if _joined(request.person, found, form):
            return redirect(f"/courses/{found.slug}")
        status = 429 if form.has_error("key", "slow") else 422
    elif Enrollment.objects.active().filter(course=found, person=request.person).exists():
        return redirect(f"/courses/{found.slug}")
    return render(request, "pages/join.html", {"course": found, "form": form}, status=status)


def _joined(person: Person, course: Course, form: JoinForm) -> bool:
    """Let the person in; if that cannot be, say in the form why not."""
    if not form.is_valid():
        return False
    try:
        enroll_self(person, course, form.cleaned_data["key"])
    except ValidationError as error:
        form.add_error("key", error)
    return form.is_valid()
