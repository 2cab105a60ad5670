"""Captions: WebVTT and SubRip are read, tidied and written anew as WebVTT.

Source: W3C WebVTT, the parts that all browsers show: cues with times and text.
"""

import html
import re
from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

TIMES = re.compile(
    r"\s*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})\s*-->\s*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})"
)
TAG = re.compile(r"<[^<>\n]*>")
MOST_CUES = 10_000
MOST_BYTES = 2_000_000


class Cue(NamedTuple):
    """What is shown from `start` to `end`, in seconds."""

    start: float
    end: float
    text: str


def read_captions(data: bytes) -> list[Cue]:
    """Return the cues in order. Raises ValidationError that names the line and what to do."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise ValidationError(_("Save the captions as UTF-8 text and send them again.")) from error
    lines = text.split("\n")
    cues = [_cue(lines, at) for at, line in enumerate(lines) if "-->" in line]
    if not cues:
        raise ValidationError(_("There are no captions in this file. Send WebVTT (.vtt) or .srt."))
    if len(cues) > MOST_CUES:
        raise ValidationError(_("Keep to %(most)s captions.") % {"most": MOST_CUES})
    return sorted(cue for cue in cues if cue.text)


def write_captions(cues: Iterable[Cue]) -> bytes:
    """Return the cues as WebVTT."""
    blocks = [
        f"{_time(cue.start)} --> {_time(cue.end)}\n{html.escape(cue.text, quote=False)}\n"
        for cue in cues
    ]
    return ("WEBVTT\n\n" + "\n".join(blocks)).encode()


def _cue(lines: list[str], at: int) -> Cue:
    found = TIMES.match(lines[at])
    if not found:
        words = _("Line %(line)s: write times as 00:01.000 --> 00:04.500.")
        raise ValidationError(words % {"line": at + 1})
    start, end = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
    if end <= start:
        words = _("Line %(line)s: this caption ends before it begins.")
        raise ValidationError(words % {"line": at + 1})
    shown = []
    for line in lines[at + 1 :]:
        if not line.strip() or "-->" in line:
            break
        shown.append(html.unescape(TAG.sub("", line)).strip())
    return Cue(start, end, "\n".join(each for each in shown if each))


def _seconds(words: Iterable[str | None]) -> float:
    hours, minutes, seconds, thousandths = (int(word or 0) for word in words)
    return 3600 * hours + 60 * minutes + seconds + thousandths / 1000


def _time(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
