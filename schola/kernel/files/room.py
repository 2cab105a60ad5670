"""How much may be on its way at once: of one person, and on the disk."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from schola.kernel import clock
from schola.kernel.files.purposes import MEGABYTE
from schola.kernel.models import Organization, Upload
from schola.kernel.tenants import current_organization, everywhere

LIFE = timedelta(hours=24)  # of an upload
FIRST_PIECE = timedelta(hours=1)  # a page that was closed as it began an upload sends none
NO_ROOM = "no_room"  # the code of the error


def check_share(person_id: int, size: int) -> None:
    """Raise ValidationError if the person has so much on the way that `size` bytes are too many.

    To be asked in the transaction that begins the upload: who begins another one waits.
    """
    Organization.objects.select_for_update(no_key=True).get(pk=current_organization())
    unfinished = Upload.objects.filter(_is_under_way(), person_id=person_id)
    now = unfinished.aggregate(count=Count("pk"), size=Sum("size", default=0))
    if now["count"] >= settings.UNFINISHED_FILES:
        words = _("%(most)s files of yours are on their way. Let one arrive, or cancel one. "
                  "What does not arrive within a day is forgotten.")  # fmt: skip
        raise ValidationError(words % {"most": settings.UNFINISHED_FILES}, code="too_large")
    if now["size"] + size > settings.UNFINISHED_BYTES:
        words = _("With this file, more than %(most)s MB of yours would be on their way. Let the "
                  "others arrive, or cancel them. What does not arrive within a day is "
                  "forgotten.")  # fmt: skip
        most = settings.UNFINISHED_BYTES // MEGABYTE
        raise ValidationError(words % {"most": most}, code="too_large")


def check_awake(upload: Upload) -> None:
    """Ask again for room if the upload begins so late that it counted no longer.

    To be asked in the transaction that writes its first piece. Raises as those that are asked.
    """
    if upload.offset == 0 and upload.created_at <= clock.now() - FIRST_PIECE:
        check_share(upload.person_id, upload.size)
        check_disk(upload.size)


def check_disk(size: int) -> None:
    """Raise ValidationError, code "no_room", if an upload of so many bytes has no room.

    They are needed twice: what arrived in pieces is copied into the store, then deleted. What
    other uploads under way will still need, those of all organizations, is taken.
    """
    if room() - _announced() < 2 * size:
        raise full()


def room() -> int:
    """Return how many bytes may be stored now: what is free on the disk, less the reserve.

    What is only announced does not count here: nobody keeps others from handing in by a promise.
    """
    return shutil.disk_usage(settings.DATA).free - settings.RESERVE_BYTES


@everywhere()
def _announced() -> int:
    under_way = Upload.objects.across().filter(_is_under_way())
    return under_way.aggregate(bytes=Sum(2 * F("size") - F("offset"), default=0))["bytes"]


def _is_under_way() -> Q:
    """Tell which uploads may still become files; one that wakes up after all counts again."""
    now = clock.now()
    awake = Q(offset__gt=0) | Q(created_at__gt=now - FIRST_PIECE)
    return awake & Q(file=None, created_at__gt=now - LIFE)


def full() -> ValidationError:
    return ValidationError(no_room(), code=NO_ROOM)


def no_room() -> str:
    return _("There is no room for this file. Tell your administrator.")
