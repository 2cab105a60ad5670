"""Beginning an import, having it checked again, having it applied and undone."""

from collections.abc import Mapping
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from schola.kernel import audit, clock
from schola.kernel.files import MEGABYTE, Limits, declare_purpose, store
from schola.people.imports.applying import apply_import
from schola.people.imports.checking import check_import
from schola.people.imports.undoing import undo_import, undoable
from schola.people.models import Person, PersonImport

PURPOSE = "people-import"
declare_purpose(PURPOSE, Limits(max_bytes=20 * MEGABYTE))
BRAKE = 0.1  # the share of all people who may be suspended without being asked again
State = PersonImport.State


@transaction.atomic
def begin(by: Person, stream: BinaryIO, name: str) -> PersonImport:
    """Keep the file and check it as a job. Raises ValidationError if it is too large or empty."""
    file = store(stream, name, PURPOSE)
    row = PersonImport.objects.create(file=file, by=by, made_at=clock.now())
    return _check(row)


@transaction.atomic
def check_again(
    row: PersonImport, columns: Mapping[str, str], *, suspend_missing: bool
) -> PersonImport:
    """Check the file anew. Raises ValidationError once it is being applied."""
    row = _locked(row, State.CHECKED, State.FAULTY)
    row.columns, row.suspend_missing = dict(columns), suspend_missing
    row.state, row.fault = State.CHECKING, ""
    return _check(row)


@transaction.atomic
def apply(row: PersonImport, by: Person, *, confirmed: bool = False) -> PersonImport:
    """Do what was shown, as a job. Again, it goes on where it stopped.

    by         who says so, for the audit trail
    confirmed  somebody has read how many would be suspended
    Raises ValidationError if it is not checked, or needs to be confirmed.
    """
    row = _locked(row, State.CHECKED, State.APPLYING)
    if row.state == State.CHECKED:
        if brakes(row) and not confirmed:
            raise ValidationError(_("Say that these people are to be suspended."))
        audit.act(by.pk, "people.imported", "import", row.pk, after=row.counts)
        row.state = State.APPLYING
    row.job_id = apply_import.enqueue(import_id=row.pk).pk
    row.save()
    return row


@transaction.atomic
def undo(row: PersonImport, by: Person) -> PersonImport:
    """Take back what the import did, as a job. Again, it goes on where it stopped.

    Raises ValidationError if it has not been applied, or has been undone.
    """
    row = _locked(row, State.DONE, State.UNDOING)
    if row.state == State.DONE:
        audit.act(by.pk, "people.import-undone", "import", row.pk, before=undoable(row))
        row.state = State.UNDOING
    row.job_id = undo_import.enqueue(import_id=row.pk).pk
    row.save()
    return row


def brakes(row: PersonImport) -> int:
    """Return how many would be suspended, if they are too many to do so unasked; else 0."""
    suspended = row.counts.get("suspended", 0)
    active = Person.objects.filter(suspended_at=None).count()
    return suspended if suspended > BRAKE * active else 0


def _check(row: PersonImport) -> PersonImport:
    row.job_id = check_import.enqueue(import_id=row.pk).pk
    row.save()
    return row


def _locked(row: PersonImport, *states: str) -> PersonImport:
    row = PersonImport.objects.select_for_update().select_related(None).get(pk=row.pk)
    if row.state not in states:
        raise ValidationError(_("This import has gone on meanwhile. Reload the page."))
    return row
