"""Sending a document."""

from django.core.exceptions import ValidationError
from django.db import transaction

from schola.activities.document.conversion import KINDS, PDF, TEXT, make_readable
from schola.activities.document.models import Paper
from schola.courses.actions import save_draft
from schola.courses.models import Activity
from schola.kernel.files import MEGABYTE, NO_ROOM, Limits, declare_purpose
from schola.kernel.jobs import run_now
from schola.kernel.models import File

PURPOSE = "document"
declare_purpose(PURPOSE, Limits(max_bytes=200 * MEGABYTE, kinds=KINDS), "activity.edit")


@transaction.atomic
def set_paper(activity: Activity, file: File) -> Paper:
    """Let the draft show this document, which is made readable by a job: again, if it failed."""
    paper, _made = Paper.objects.get_or_create(file=file)
    if paper.state != Paper.State.READY:
        Paper.objects.filter(pk=paper.pk).update(state=Paper.State.WAITING, problem="")
        make_readable.enqueue(paper_id=paper.pk)
    shape = {PDF: "pdf", TEXT: "text"}.get(file.media_type, "slides")
    new = {"file": file.pk, "source": file.sha256, "name": file.name, "shape": shape}
    draft = activity.draft
    save_draft(activity, {**draft.config, **new}, draft.revision)
    return paper


@transaction.atomic
def try_again(paper: Paper) -> bool:
    """Let a job make it readable once more where it found no room; tell whether that is begun now.

    Safe to repeat. Raises ValidationError if it is broken otherwise: trying would not help.
    """
    if paper.state == Paper.State.BROKEN and not paper.may_try_again:
        raise ValidationError(paper.why)
    lacking = Paper.objects.filter(pk=paper.pk, state=Paper.State.BROKEN, problem=NO_ROOM)
    begun = bool(lacking.update(state=Paper.State.WAITING, problem=""))
    if begun:
        run_now(make_readable, paper_id=paper.pk)
    return begun
