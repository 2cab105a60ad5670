"""Who has learned something is not removed."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from schola.people.removal import Reasons, keepers
from schola.records.models import Attempt, Progress, Statement


def who_learned(person_ids: Collection[int]) -> Reasons:
    """Return why those of these people have to stay of whom any learning is recorded."""
    found = set(
        Statement.objects.filter(actor__in=person_ids).values_list("actor_id", flat=True).distinct()
    )
    for rows in (Attempt.objects, Progress.objects):
        mine = rows.filter(seat__person__in=person_ids)
        found.update(mine.values_list("seat__person_id", flat=True).distinct())
    return dict.fromkeys(found, _("They have learned something here."))


keepers.append(who_learned)
