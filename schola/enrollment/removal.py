"""Who was put into a course by somebody is not removed."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from schola.enrollment.models import Enrollment
from schola.people.removal import Reasons, keepers


def who_was_put_in(person_ids: Collection[int]) -> Reasons:
    """Return why those of these people have to stay who have a seat that no group gave them."""
    seats = Enrollment.objects.filter(person__in=person_ids).exclude(source="group")
    ids = seats.values_list("person_id", flat=True).distinct()
    return dict.fromkeys(ids, _("Somebody has put them into a course meanwhile."))


keepers.append(who_was_put_in)
