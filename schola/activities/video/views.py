"""Sending a video and its captions; hearing what was seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schola.activities.video import actions
from schola.activities.video.captions import MOST_BYTES
from schola.activities.video.models import Film
from schola.activities.video.spans import ENOUGH, read_second, read_spans
from schola.activities.video.transcoding import make_ready
from schola.courses.activity_types import published_config
from schola.courses.models import Activity
from schola.enrollment.models import Enrollment
from schola.kernel.files.again import try_again
from schola.kernel.files.views import begin_below, one_upload, sent_file
from schola.kernel.revision import StaleRevision

LANGUAGES = [
    ("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español"),
    ("it", "Italiano"), ("pl", "Polski"), ("tr", "Türkçe"), ("ar", "العربية"), ("zh", "中文"),
    ("ja", "日本語"),
]  # fmt: skip


class CaptionsForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    file = forms.FileField(label=gettext_lazy("WebVTT or SubRip"))


def upload(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Take a video, sent with this form or in pieces before it."""
    with _unless_stale():
        actions.set_film(activity, sent_file(request, actions.PURPOSE))
    messages.success(request, _("The video is here. It is made ready now; you may go on."))
    return _back(activity)


def pieces(request: HttpRequest, activity: Activity) -> HttpResponse:
    return begin_below(request, f"{_base(activity)}/film-pieces", actions.PURPOSE)


def piece(request: HttpRequest, activity: Activity, upload: UUID) -> HttpResponse:
    return one_upload(request, upload)


def again(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Try once more to make the video of the draft ready, if it found no room on the disk."""
    film = Film.objects.filter(file=activity.draft.config.get("file")).first()
    if film is None:
        raise Http404
    if try_again(film, make_ready, film_id=film.pk):
        messages.success(request, _("The video is made ready now; you may go on."))
    return _back(activity)


def captions(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Take captions of one language, or remove them."""
    with _unless_stale():
        if language := request.POST.get("remove"):
            actions.remove_captions(activity, language)
        else:
            _take_captions(request, activity)
    messages.success(request, _("Saved."))
    return _back(activity)


def seen(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Add the spans that were seen; answer with how much of the film that makes."""
    seats = Enrollment.objects.active().learners().filter(course=activity.course_id)
    seat = seats.filter(person=request.person).first()
    if seat is None or not activity.published_id:
        raise Http404
    config = published_config(activity.published_id)
    film = Film.objects.filter(file=config.get("file")).first()
    if film is None:
        raise Http404
    try:
        spans = read_spans(request.POST.get("spans", ""), film.seconds)
        at = read_second(request.POST.get("at", ""))
    except ValidationError as error:
        return JsonResponse({"error": error.messages[0]}, status=422)
    source = config["source"]
    share = actions.watched(seat.pk, activity.pk, source, film.seconds, spans, at=at)
    return JsonResponse({"percent": int(100 * share), "enough": share >= ENOUGH})


def state(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Say how far the film of the draft is."""
    film = Film.objects.filter(file=activity.draft.config.get("file")).first()
    if film is None:
        raise Http404
    return JsonResponse({"state": film.state, "percent": film.percent})


def _take_captions(request: HttpRequest, activity: Activity) -> None:
    form = CaptionsForm(request.POST, request.FILES)
    if not form.is_valid():
        raise ValidationError(_("Choose a language and a file with captions."))
    words: dict[str, Any] = form.cleaned_data
    if words["file"].size > MOST_BYTES:
        raise ValidationError(_("This is too large for captions. Send WebVTT (.vtt) or .srt."))
    label = dict(LANGUAGES)[words["language"]]
    actions.set_captions(activity, words["language"], label, words["file"].read())


@contextmanager
def _unless_stale() -> Iterator[None]:
    """Say it in words when somebody else has changed the draft meanwhile."""
    try:
        yield
    except StaleRevision as error:
        words = _("Somebody else changed this meanwhile. Reload the page.")
        raise ValidationError(words) from error


def _back(activity: Activity) -> HttpResponse:
    return redirect(f"{_base(activity)}/edit#film")


def _base(activity: Activity) -> str:
    return f"/courses/{activity.course.slug}/{activity.key}"
