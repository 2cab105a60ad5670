"""Who has completed a course is not removed."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from schola.completion.models import Completion
from schola.people.removal import Reasons, keepers


def who_completed(person_ids: Collection[int]) -> Reasons:
    """Return why those of these people have to stay who have completed a course."""
    mine = Completion.objects.filter(seat__person__in=person_ids)
    ids = mine.values_list("seat__person_id", flat=True)
    return dict.fromkeys(ids, _("They have completed a course."))


keepers.append(who_completed)
