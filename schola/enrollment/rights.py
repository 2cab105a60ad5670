"""Who may give seats in a course, and take them back: see docs/decisions/0010."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from schola.courses.models import Course
from schola.kernel.permissions import can, capabilities, declared_for, held_by_role, reach
from schola.people.models import Person
from schola.people.rights import KEEPS

GIVES = "course.enroll"
STAFFS = "course.staff"
TEACHING = ("instructor", "assistant", "designer")  # whom `course.staff` puts into a course


def may_seat(actor: Person, role: str, course: Course) -> bool:
    """Tell whether the actor may give and end seats with this role in the course. No query.

    Nobody gives a role that holds more than they hold there themselves. Three ways out: learners
    are what `course.enroll` is for; `course.staff` gives the built-in roles of a course, as long
    as they hold no more than they were delivered with; `roles.define` could give itself anything.
    """
    if not can(actor, GIVES, course):
        return False
    if role == "learner" or reach(actor, KEEPS).organization:
        return True
    held = held_by_role(actor, role) & capabilities.keys()
    if role in TEACHING and can(actor, STAFFS, course):
        held -= declared_for(role)
    return all(can(actor, name, course) for name in held)


def must_be_allowed(by: Person | None, role: str, course: Course) -> None:
    """Raise PermissionDenied if whoever acts may not give this role; None: the program itself."""
    if by is not None and not may_seat(by, role, course):
        raise PermissionDenied(
            _("This role holds rights that you do not hold in this course. Ask an administrator.")
        )
