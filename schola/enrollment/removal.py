"""Who was put into a course by somebody, or given a date of their own in one, is not removed.

Whoever is more than a learner in a course is staff, and no list of people suspends them.
"""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from schola.enrollment.models import Enrollment, GroupEnrollment
from schola.people.removal import Reasons, group_keepers, keepers, staff_sources


def who_was_put_in(person_ids: Collection[int]) -> Reasons:
    """Return why those of these people have to stay who have a seat that no group gave them."""
    seats = Enrollment.objects.filter(person__in=person_ids).exclude(source="group")
    ids = seats.values_list("person_id", flat=True).distinct()
    return dict.fromkeys(ids, _("Somebody has put them into a course meanwhile."))


def who_has_a_date_of_their_own(person_ids: Collection[int]) -> Reasons:
    """Return why those of these people have to stay whose seat is due when no group says so."""
    same = {name: OuterRef(name) for name in ("group", "course", "role", "due_at")}
    seats = Enrollment.objects.filter(person__in=person_ids).exclude(due_at=None)
    own = seats.exclude(Exists(GroupEnrollment.objects.filter(**same)))
    ids = own.values_list("person_id", flat=True).distinct()
    return dict.fromkeys(ids, _("Somebody has given them a due date of their own meanwhile."))


def staff_of_courses() -> QuerySet[Enrollment]:
    """Return the open seats of those who are more than learners."""
    return Enrollment.objects.active().exclude(role="learner")


def groups_of_courses(group_ids: Collection[int]) -> QuerySet[GroupEnrollment]:
    """Return how these groups are in courses."""
    return GroupEnrollment.objects.filter(group__in=group_ids)


group_keepers.append(groups_of_courses)
staff_sources.append(staff_of_courses)
keepers.extend([who_was_put_in, who_has_a_date_of_their_own])
