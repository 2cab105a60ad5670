"""What in a course can be due by a date: the seat of one learner, or a whole group."""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from schola.courses.models import Course
from schola.enrollment.models import Enrollment, GroupEnrollment
from schola.kernel.numbers import whole
from schola.pages.due_field import DueField


class DueForm(forms.Form):
    due_at = DueField(
        label=gettext_lazy("Due date"), help_text=gettext_lazy("Left empty, there is no date.")
    )


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
