"""A file sent in pieces: what has arrived stays, and the rest may follow after a cut."""

import os
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from schola.kernel import clock
from schola.kernel.files.purposes import not_taken, purposes
from schola.kernel.files.room import LIFE, check_awake, check_disk, check_share
from schola.kernel.files.store import safe_name, store, sync_folder
from schola.kernel.models import File, Upload
from schola.kernel.permissions import Actor
from schola.kernel.tenants import everywhere


class OffsetConflict(Exception):
    """The piece does not begin where the upload ends. `offset` is where it does."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"the upload stands at {offset}")
        self.offset = offset


@transaction.atomic
def begin_upload(person: Actor, name: str, purpose: str, size: int) -> Upload:
    """Begin to receive a file.

    Raises PermissionDenied if the person may not send it, ValidationError if such a file is not
    taken, if too much of theirs is on its way, or if there is no room.
    """
    if purpose not in purposes:
        raise ValidationError(not_taken())
    purposes[purpose].check_sender(person)
    purposes[purpose].limits.check_size(size)
    check_share(person.pk, size)
    check_disk(size)
    return Upload.objects.create(
        person_id=person.pk,
        name=safe_name(name),
        purpose=purpose,
        size=size,
        created_at=clock.now(),
    )


@transaction.atomic
def append_chunk(upload: Upload, offset: int, data: bytes) -> Upload:
    """Write the bytes that follow `offset`, durably, and move the upload on.

    Raises OffsetConflict if it does not stand there, so that a piece that comes twice does no
    harm, and ValidationError if there are more bytes than were announced, or if it begins so late
    that there is no room for it any more.
    """
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if offset != upload.offset or upload.file_id:
        raise OffsetConflict(upload.offset)
    if offset + len(data) > upload.size:
        raise ValidationError(_("More was sent than announced. Begin the upload again."))
    check_awake(upload)
    path = part_of(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with open(number, "r+b") as part:
        part.truncate(offset)  # what a piece left behind that was cut before it counted
        part.seek(offset)
        part.write(data)
        part.flush()
        os.fsync(number)
    if offset == 0:
        sync_folder(path.parent)
    upload.offset += len(data)
    upload.save(update_fields=["offset"])
    return upload


@transaction.atomic
def finish_upload(upload: Upload) -> File:
    """Make the upload a file. Finishing twice returns the same file.

    Raises ValidationError if bytes are missing, or if the file is not taken.
    """
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.file:
        return upload.file
    if upload.offset != upload.size:
        raise ValidationError(_("The file is not complete yet. Send the rest of it."))
    with part_of(upload).open("rb") as part:
        upload.file = store(part, upload.name, upload.purpose)
    upload.save(update_fields=["file"])
    path = part_of(upload)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return upload.file


@transaction.atomic
def give_up(upload: Upload) -> bool:
    """Forget an upload with its bytes, and tell whether it was still on its way.

    One that is a file by now stays as it is.
    """
    path = part_of(upload)
    waiting = Upload.objects.select_for_update().filter(pk=upload.pk, file=None).first()
    if waiting is None:
        return False
    waiting.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return True


@everywhere()
def reap_uploads() -> int:
    """Forget the uploads of yesterday, finished or not; return how many. Their files stay."""
    old = Upload.objects.across().filter(created_at__lt=clock.now() - LIFE)
    rows = list(old[:500])
    for upload in rows:
        part_of(upload).unlink(missing_ok=True)
    return Upload.objects.across().filter(pk__in=[row.pk for row in rows]).delete()[0]


def part_of(upload: Upload) -> Path:
    """Return where the bytes are gathered."""
    return Path(settings.DATA) / "uploads" / upload.pk.hex
