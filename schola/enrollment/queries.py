"""What pages of people and groups show of their courses."""

from django.db.models import OuterRef, QuerySet, Subquery

from schola.courses.models import Course
from schola.enrollment.models import Enrollment, GroupEnrollment
from schola.kernel.permissions import allowed, can
from schola.people.elsewhere import Held
from schola.people.models import Group, Person, Role


def staff_seats(reader: Person, who: Person) -> list[Held]:
    """Return where a person is more than a learner, in courses that the reader may see. A query."""
    seats = Enrollment.objects.active().filter(person=who).exclude(role="learner")
    if reader.pk != who.pk:
        seats = seats.filter(course__in=allowed(reader, "course.view", Course.objects.all()))
    seats = seats.select_related("course").annotate(called=_called())
    return _held(reader, seats.order_by("course__title", "pk"))


def courses_of_group(reader: Person, group: Group) -> list[Held]:
    """Return the courses into which the group puts its members. One query."""
    links = GroupEnrollment.objects.filter(group=group).select_related("course")
    return _held(reader, links.annotate(called=_called()).order_by("course__title", "pk"))


def open_seats() -> QuerySet[Enrollment]:
    """Return who holds which role in which course now."""
    return Enrollment.objects.active()


def _held(reader: Person, rows: QuerySet) -> list[Held]:
    return [
        Held(row.role, row.course.title, _address(reader, row.course), row.called) for row in rows
    ]


def _called() -> Subquery:
    return Subquery(Role.objects.filter(key=OuterRef("role")).values("name")[:1])


def _address(reader: Person, course: Course) -> str:
    """Return who is in the course, else the course itself, else nothing: what one may open."""
    base = f"/courses/{course.slug}"
    if can(reader, "course.people", course):
        return f"{base}/people"
    is_open = course.published_at or can(reader, "course.edit", course)
    return base if is_open and can(reader, "course.view", course) else ""
