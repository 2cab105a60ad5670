"""Sending a video and its captions, and writing down what was seen of it."""

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from schola.activities.video.captions import read_captions, write_captions
from schola.activities.video.models import Film
from schola.activities.video.spans import ENOUGH, Span, share, union
from schola.activities.video.transcoding import make_ready
from schola.courses.actions import save_draft
from schola.courses.activity_types import Result
from schola.courses.models import Activity
from schola.kernel.files import MEGABYTE, Limits, declare_purpose, store
from schola.kernel.models import File
from schola.records.actions import record_in
from schola.records.actions.record import statement_of
from schola.records.standing import Steps, standing

PURPOSE = "video"
KINDS = ("video/mp4", "video/webm")
declare_purpose(PURPOSE, Limits(max_bytes=2_000 * MEGABYTE, kinds=KINDS), "activity.edit")
CAPTIONS = Limits(max_bytes=2 * MEGABYTE, kinds=("text/vtt",))


@transaction.atomic
def set_film(activity: Activity, file: File) -> Film:
    """Let the draft show this film, which is made ready by a job: again, if it failed.

    Captions of another film go.
    """
    film, _made = Film.objects.get_or_create(file=file)
    if film.state != Film.State.READY:
        Film.objects.filter(pk=film.pk).update(state=Film.State.WAITING, problem="")
        make_ready.enqueue(film_id=film.pk)
    _change(activity, {"file": file.pk, "source": file.sha256, "name": file.name, "captions": []})
    return film


@transaction.atomic
def set_captions(activity: Activity, language: str, label: str, data: bytes) -> None:
    """Add captions to the draft, or replace those of the same language.

    Raises ValidationError if they cannot be read, or there is no film yet.
    """
    config = activity.draft.config
    if not config.get("file"):
        raise ValidationError(_("Send the video first, then its captions."))
    cues = read_captions(data)
    file = store(BytesIO(write_captions(cues)), f"{language}.vtt", "captions", CAPTIONS)
    others = [each for each in config.get("captions", []) if each["language"] != language]
    lines = [[cue.start, cue.text.replace("\n", " ")] for cue in cues]
    new = {"file": file.pk, "source": file.sha256, "language": language, "label": label}
    _change(activity, {"captions": [*others, new | {"lines": lines}]})


def remove_captions(activity: Activity, language: str) -> None:
    """Take the captions of a language out of the draft. Safe to repeat."""
    kept = [c for c in activity.draft.config.get("captions", []) if c["language"] != language]
    _change(activity, {"captions": kept})


def watched(
    seat_id: int, activity_id: int, source: str, seconds: float, new: list[Span],
    *, at: float | None = None,
) -> float:  # fmt: skip
    """Add what was seen to what was seen before; return the share of the film, in [0, 1].

    source  the bytes that were seen: another film in its place begins at nothing
    at      the second where the playing stands: to go on from there another time
    Safe to repeat and to come in any order: seconds are counted once. When enough is seen, the
    activity is finished, once.
    """
    with standing(seat_id) as here:
        activity = here.structure.by_id[activity_id]
        step = here.part(Steps).step(activity_id)
        before = step.marks.get("seen", {})
        spans = union(_spans_of(before, source), new)
        done = share(spans, seconds)
        first = done >= ENOUGH and not before.get("enough")
        kept = {"of": source, "spans": spans, "enough": before.get("enough") or first}
        if at is not None:
            kept["at"] = min(at, seconds)
        result = Result(verb="completed", finished=True) if first else None
        if result:
            here.log(statement_of(here, activity, replace(result, response={"share": done})))
        record_in(here, activity, result, seen=kept)
    return done


def _spans_of(seen: dict[str, Any], source: str) -> Iterable[Iterable[int]]:
    return seen.get("spans", []) if seen.get("of") == source else []


def _change(activity: Activity, new: dict[str, Any]) -> None:
    draft = activity.draft
    save_draft(activity, {**draft.config, **new}, draft.revision)
