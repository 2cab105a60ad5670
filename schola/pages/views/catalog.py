"""Courses that are open to oneself, and joining them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from schola.courses.models import Course
from schola.enrollment.actions import count_key, enroll_self
from schola.enrollment.models import Enrollment
from schola.kernel.guard import signed_in
from schola.people.models import Person

PAGE = 24  # fills rows of two, three and four


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
    """Show the courses that people may join by themselves, one page at a time."""
    mine = Enrollment.objects.active().filter(person=request.person).values("course")
    open_ones = _to_join().exclude(pk__in=mine).order_by("title", "pk")
    page = Paginator(open_ones, PAGE).get_page(request.GET.get("page"))
    rows = [(course, JoinForm(course)) for course in page]
    return render(request, "pages/catalog.html", {"rows": rows, "page": page})


def counting_keys(view: Callable) -> Callable:
    """Count a key that is tried before the door begins the transaction in which it is judged."""

    @wraps(view)
    def counted(request: HttpRequest, course: str) -> HttpResponse:
        tries = request.method == "POST" and request.person and request.POST.get("key", "").strip()
        found = _to_join().filter(slug=course, self_enrollment="key").first() if tries else None
        if found is None:
            return view(request, course=course)
        try:
            count_key(request.person, found)
        except ValidationError as error:
            form = JoinForm(found, request.POST)
            form.add_error("key", error)
            return _page(request, found, form, 429)
        return view(request, course=course)

    return counted


@require_http_methods(["GET", "POST"])
@counting_keys
@signed_in
def join(request: HttpRequest, course: str) -> HttpResponse:
    """Say what a course is that is open to oneself, and take a seat in it.

    This is the address that instructors share. Who is in the course already goes to it.
    """
    found = _to_join().filter(slug=course).first()
    if found is None:
        raise Http404
    form, status = JoinForm(found, request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        if _joined(request.person, found, form):
            return redirect(f"/courses/{found.slug}")
        status = 422
    elif Enrollment.objects.active().filter(course=found, person=request.person).exists():
        return redirect(f"/courses/{found.slug}")
    return _page(request, found, form, status)


def _to_join() -> QuerySet[Course]:
    """Return the courses that people may join by themselves."""
    return Course.objects.published().exclude(self_enrollment="closed")


def _page(request: HttpRequest, course: Course, form: JoinForm, status: int) -> HttpResponse:
    return render(request, "pages/join.html", {"course": course, "form": form}, status=status)


def _joined(person: Person, course: Course, form: JoinForm) -> bool:
    """Let the person in; if that cannot be, say in the form why not."""
    if not form.is_valid():
        return False
    try:
        enroll_self(person, course, form.cleaned_data["key"])
    except ValidationError as error:
        form.add_error("key", error)
    return form.is_valid()
