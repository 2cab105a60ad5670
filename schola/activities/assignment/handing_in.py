"""Taking what a learner hands in."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schola.activities.assignment.models import Submission
from schola.courses.activity_types import Result, published_config
from schola.kernel.files import MEGABYTE, Limits, declare_purpose, store
from schola.records.actions import another_allowed, begin, finish
from schola.records.models import Attempt
from schola.records.standing import Standing, standing

MOST_FILES = 10
PURPOSE = "submission"
declare_purpose(PURPOSE, Limits(max_bytes=50 * MEGABYTE))


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class HandInForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your work"), required=False, max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    files = forms.FileField(label=gettext_lazy("Files"), required=False, widget=SeveralFiles)

    def __init__(self, *args: Any, config: Mapping[str, Any], **options: Any) -> None:
        super().__init__(*args, **options)
        if not config.get("takes_text", True):
            del self.fields["text"]
        if not config.get("takes_files", True):
            del self.fields["files"]


def may_hand_in(last: Attempt | None, config: Mapping[str, Any]) -> bool:
    """Tell whether work is taken after the learner's last attempt: until it is marked, if the
    assignment says so, and once more if whoever marks has let them."""
    if last is None or last.state == Attempt.State.OPEN:
        return True
    if last.state == Attempt.State.MARKED:
        return another_allowed(last)
    return bool(config.get("again", True))


def take(seat_id: int, activity_id: int, text: str, uploads: list[Any]) -> Attempt:
    """Hand the work in, as one attempt: all of it or nothing.

    Whether it is taken is decided when the seat is locked: of two windows that hand in at the
    same moment the second sees what the first has done.

    Raises ValidationError if there is nothing to hand in, it is not taken any more, or a file
    is not taken.
    """
    if not text.strip() and not uploads:
        raise ValidationError(_("Write something or choose a file, then hand it in."))
    if len(uploads) > MOST_FILES:
        raise ValidationError(_("Hand in at most %(n)s files.") % {"n": MOST_FILES})
    with standing(seat_id) as here:
        _must_be_open(here, activity_id)
        files = [store(upload, upload.name, PURPOSE) for upload in uploads]
        attempt = begin(seat_id, activity_id)
        submission = Submission.objects.create(attempt=attempt, text=text.strip())
        submission.files.set(files)
        kept = {"text": text.strip()[:2000], "files": [file.sha256 for file in files]}
        return finish(attempt.pk, Result(verb="submitted", finished=True, response=kept))


def _must_be_open(here: Standing, activity_id: int) -> None:
    mine, activity = here.attempts(activity_id), here.activity(activity_id)
    version = activity and activity.published_id
    config = published_config(version) if version else {}
    if not may_hand_in(mine[-1] if mine else None, config):
        raise ValidationError(_("This is handed in already, and is not taken again."))
