"""Sending a document."""

from django.db import transaction

from schola.activities.document.conversion import KINDS, PDF, TEXT, make_readable
from schola.activities.document.models import Paper
from schola.courses.actions import save_draft
from schola.courses.models import Activity
from schola.kernel.files import MEGABYTE, Limits, declare_purpose
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
