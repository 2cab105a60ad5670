"""Who is how far in a course."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schola.courses.models import Course
from schola.courses.structure import structure_of
from schola.enrollment.models import Enrollment, GroupEnrollment
from schola.kernel.permissions import allowed, reach
from schola.people.models import Group, Person
from schola.reports.report import Column, Report, Row, reports

SORTS = {
    "name": "person__sort_key",
    "email": "person__email",
    "finished": "course_progress__finished",
    "share": "course_progress__finished",
    "grade": "course_grade__fraction",
    "completed_at": "completion__completed_at",
    "last_at": "course_progress__last_at",
}


class Chooser(forms.ModelChoiceField):
    """A choice of rows by what people call them."""

    def label_from_instance(self, row: Course | Group) -> str:
        return row.title if isinstance(row, Course) else row.name


GONE = {"invalid_choice": _("This is not there any more. Choose another from the list.")}


class Filters(forms.Form):
    course = Chooser(None, label=_("Course"), empty_label=_("Choose a course"), error_messages=GONE)
    group = Chooser(
        None, label=_("Group"), required=False, empty_label=_("All"), error_messages=GONE
    )
    state = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("Everybody")),
            ("open", _("Not completed")),
            ("done", _("Completed")),
            ("never", _("Never opened")),
        ],
    )
    q = forms.CharField(label=_("Name"), required=False, max_length=100)


@reports.register
class CourseProgress(Report):
    """Each learner of a course with steps, grade and completion."""

    key = "course-progress"
    name = _("Course progress")
    help = _("Who is how far in a course, and who falls behind. Every figure is as of now.")
    capability = "course.people"

    def form(self, reader: Person, data: Any) -> forms.Form:
        courses = allowed(reader, self.capability, Course.objects.all()).order_by("title", "pk")
        form = Filters(_with_course(data, courses))
        form.fields["course"].queryset = courses
        form.fields["group"].queryset = _groups(reader)
        return form

    def columns(self) -> list[Column]:
        return [
            Column("name", _("Name"), leads="record"),
            Column("email", _("E-mail address")),
            Column("finished", _("Steps done"), "number"),
            Column("total", _("Steps"), "number", sorts=False),
            Column("share", _("Done"), "percent"),
            Column("grade", _("Grade"), "percent"),
            Column("completed_at", _("Completed"), "moment"),
            Column("last_at", _("Last seen"), "moment"),
        ]

    def rows(self, reader: Person, filters: Mapping[str, Any], sort: str) -> Iterable[Row]:
        course = filters["course"]
        total = len(structure_of(course).published)
        seats = Enrollment.objects.active().learners().filter(course=course)
        seats = self._filtered(seats, filters).order_by(_order(sort), "person__sort_key", "pk")
        records = reach(reader, "grade.view")
        may_look = records.organization or course.pk in records.courses
        values = seats.values_list(
            "person", "person__full_name", "person__email", "course_progress__finished",
            "course_grade__fraction", "completion__completed_at", "course_progress__last_at",
        )  # fmt: skip
        for pk, name, email, finished, grade, completed_at, last_at in values:
            done = finished or 0
            yield {
                "name": name,
                "record": f"/people/{pk}/learning" if may_look else "",
                "email": email or "",
                "finished": done,
                "total": total,
                "share": done / total if total else 0.0,
                "grade": None if grade is None else float(grade),
                "completed_at": completed_at,
                "last_at": last_at,
            }

    def _filtered(self, seats: Any, filters: Mapping[str, Any]) -> Any:
        if filters.get("group"):
            seats = seats.filter(person__memberships__group=filters["group"])
        done = Q(completion__completed_at__isnull=False)
        match filters.get("state"):
            case "open":
                seats = seats.exclude(done)
            case "done":
                seats = seats.filter(done)
            case "never":
                seats = seats.filter(course_progress=None)
        if filters.get("q"):
            seats = seats.filter(person__sort_key__contains=filters["q"].casefold())
        return seats


def _groups(reader: Person) -> QuerySet[Group]:
    """Return the groups that the reader may see, and those that People of a course shows them.

    That page names the groups of the course to whoever may put people in.
    """
    courses = allowed(reader, "course.people", Course.objects.all())
    courses = allowed(reader, "course.enroll", courses)
    links = GroupEnrollment.objects.filter(course__in=courses)
    seen = allowed(reader, "groups.view", Group.objects.all())
    groups = Group.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=links.values("group")))
    return groups.order_by("name", "pk")


def _with_course(data: Any, courses: Any) -> Any:
    """Return the filters with the first course, unless they name one: a report is never empty."""
    if (data and data.get("course")) or not (first := courses.first()):
        return data
    return {**(data.dict() if data else {}), "course": first.pk}


def _order(sort: str) -> Any:
    field = F(SORTS.get(sort.removeprefix("-"), SORTS["name"]))
    return field.desc(nulls_last=True) if sort.startswith("-") else field.asc(nulls_first=True)
