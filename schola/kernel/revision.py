"""Two people write to one thing: the second learns of the first, and nothing is lost silently."""

from typing import Any

from django.db import transaction
from django.db.models import Model


class StaleRevision(Exception):
    """The thing has moved on since the revision that the writer saw. `current` is its own now."""

    def __init__(self, current: int) -> None:
        super().__init__(f"revision {current} is current")
        self.current = current


@transaction.atomic
def save_revised(thing: Model, seen: int, fields: dict[str, Any]) -> None:
    """Write the fields if the thing is still at the revision that the writer saw.

    One conditional update, then the constraints of the model's fields. Raises StaleRevision, and
    ValidationError for values that the fields do not take; then nothing is written.
    """
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.clean_fields(exclude={f.name for f in thing._meta.fields} - set(fields))
    same = type(thing).objects.filter(pk=thing.pk, revision=seen)
    if not same.update(**fields, revision=seen + 1):
        raise StaleRevision(type(thing).objects.values_list("revision", flat=True).get(pk=thing.pk))
    thing.revision = seen + 1
