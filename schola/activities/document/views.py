"""Sending a document."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from schola.activities.document.actions import PURPOSE, set_paper
from schola.activities.document.conversion import make_readable
from schola.activities.document.models import Paper
from schola.courses.models import Activity
from schola.kernel.files.again import try_again
from schola.kernel.files.views import begin_below, one_upload, sent_file
from schola.kernel.revision import StaleRevision


def upload(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Take a document, sent with this form or in pieces before it."""
    try:
        set_paper(activity, sent_file(request, PURPOSE))
    except StaleRevision as error:
        words = _("Somebody else changed this meanwhile. Reload the page.")
        raise ValidationError(words) from error
    messages.success(request, _("The document is here."))
    return redirect(f"{_base(activity)}/edit#paper")


def pieces(request: HttpRequest, activity: Activity) -> HttpResponse:
    return begin_below(request, f"{_base(activity)}/paper-pieces", PURPOSE)


def piece(request: HttpRequest, activity: Activity, upload: UUID) -> HttpResponse:
    return one_upload(request, upload)


def again(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Try once more to make the document of the draft readable, if it found no room on the disk."""
    paper = Paper.objects.filter(file=activity.draft.config.get("file")).first()
    if paper is None:
        raise Http404
    if try_again(paper, make_readable, paper_id=paper.pk):
        messages.success(request, _("The document is made readable now; you may go on."))
    return redirect(f"{_base(activity)}/edit#paper")


def _base(activity: Activity) -> str:
    return f"/courses/{activity.course.slug}/{activity.key}"
