from collections.abc import Iterable

from django.utils.translation import gettext_noop as _

from schola.enrollment.models import Enrollment
from schola.enrollment.queries import courses_of_group, open_seats, staff_seats
from schola.kernel.permissions import Grant, declare, grant_sources
from schola.people import elsewhere

declare(
    "course.people",
    _("See who is in the course and how they get on"),
    given_to=("instructor", "assistant", "manager", "auditor", "administrator"),
)
declare(
    "course.enroll",
    _("Put people into the course and take them out"),
    given_to=("instructor", "manager", "administrator"),
)
declare(
    "course.staff",
    _("Decide who teaches a course"),
    given_to=("manager", "administrator"),
)


def from_seats(person_id: int) -> Iterable[Grant]:
    """Return what a person's open seats give them."""
    seats = Enrollment.objects.filter(person_id=person_id).active()
    return [Grant(role, "course", course) for role, course in seats.values_list("role", "course")]


grant_sources.append(from_seats)
elsewhere.of_person.append(staff_seats)
elsewhere.of_group.append(courses_of_group)
elsewhere.holding.append(open_seats)
