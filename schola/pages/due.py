"""What in a course can be due by a date: the seat of one learner, or a whole group."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schola.courses.models import Course
from schola.enrollment.models import Enrollment, GroupEnrollment
from schola.kernel.numbers import whole

YEARS = range(2000, 2200)  # what is outside of these was mistyped


class DueForm(forms.Form):
    due_at = forms.DateTimeField(
        label=gettext_lazy("Finish by"), required=False,
        help_text=gettext_lazy("Left empty, there is no date."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip

    def clean_due_at(self) -> datetime | None:
        due_at = self.cleaned_data["due_at"]
        if due_at and due_at.year not in YEARS:
            raise ValidationError(_("Write a date between the years 2000 and 2199."))
        return due_at


@dataclass(frozen=True)
class Dated:
    """What gets a date. field: "seat" or "group", as its form says; name: as people call it."""

    field: str
    thing: Enrollment | GroupEnrollment
    name: str

    @property
    def audited(self) -> tuple[str, int]:
        """Return what the entry in the audit trail is about: kind and id."""
        if self.field == "seat":
            return "person", self.thing.person_id
        return "group", self.thing.group_id


def dated(course: Course, data: QueryDict) -> Dated | None:
    """Return what a form or an address names, if it is in this course. At most one query."""
    if data.get("group"):
        links = GroupEnrollment.objects.filter(course=course, pk=whole(data["group"]))
        link = links.select_related("group").first()
        return Dated("group", link, link.group.name) if link else None
    if not data.get("seat"):
        return None
    seats = Enrollment.objects.active().learners().filter(course=course)
    seat = seats.filter(pk=whole(data["seat"])).select_related("person").first()
    return Dated("seat", seat, seat.person.full_name) if seat else None
