"""Putting many people into a course at once, by a list or a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from schola.courses.models import Course
from schola.enrollment.actions import enroll_many
from schola.enrollment.models import Enrollment
from schola.kernel import audit
from schola.kernel.guard import requires
from schola.pages.enrolling import BYTES, Meant, people_meant
from schola.pages.views.course import course_context
from schola.people.models import Person

LISTED = 100


class ListForm(forms.Form):
    lines = forms.CharField(
        label=_("E-mail addresses or numbers, one in each line"), required=False, max_length=BYTES,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or a CSV file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
    )

    def data_of_list(self) -> bytes:
        """Return what was sent: the file if there is one, else the lines."""
        file = self.cleaned_data["file"]
        return file.read(BYTES + 1) if file else self.cleaned_data["lines"].encode()


@require_http_methods(["GET", "POST"])
@requires("course.enroll", Course)
def enroll_list(request: HttpRequest, course: Course) -> HttpResponse:
    """Put in whom a list names; say how many these are, and which lines name nobody."""
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _page(request, course, form)
    if not form.is_valid():
        return _page(request, course, form, 422)
    try:
        meant = people_meant(form.data_of_list())
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, course, form, 422)
    new = _put_in(request.person, course, meant)
    left = "\n".join(words for _number, words in meant.strange)
    done = {
        "new": new,
        "already": len(meant.person_ids) - new,
        "strange": meant.strange[:LISTED],
        "more": len(meant.strange) - LISTED,
    }
    return _page(request, course, ListForm(initial={"lines": left}), done=done)


@transaction.atomic
def _put_in(by: Person, course: Course, meant: Meant) -> int:
    """Put all of them in as learners, or none; write down who did it. Return how many are new."""
    seated = enroll_many(meant.person_ids, course, by=by, source=Enrollment.Source.FILE)
    before = {"groups": sorted(set(seated.kept.values()))} if seated.kept else None
    after = {"course": course.title, "people": seated.new, "kept": sorted(seated.kept)}
    if seated.new or seated.kept:
        audit.act(by.pk, "course.list-joined", "course", course.pk, before, after)
    return len(seated.new)


def _page(
    request: HttpRequest, course: Course, form: ListForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = course_context(request, course) | {"form": form, "here": "people", **more}
    return render(request, "pages/enroll_list.html", context, status=status)
