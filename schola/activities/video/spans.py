"""Which seconds of a film somebody has seen, as spans that do not touch. Pure."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

Span = tuple[int, int]  # tenths of a second, the end not included
ENOUGH = 0.9  # of the film, seen, that finishes it: nobody has to sit through the credits
MOST_SPANS = 500
SECOND = re.compile(r"\d{1,6}(?:\.\d+)?")
WRITTEN = re.compile(r"(\d{1,6}(?:\.\d+)?)-(\d{1,6}(?:\.\d+)?)")


def read_spans(text: str, seconds: float) -> list[Span]:
    """Read "0-12.4,30-45" (seconds), cut to the length of the film.

    Raises ValidationError if it is written otherwise.
    """
    parts = [part for part in text.split(",") if part]
    matches = [WRITTEN.fullmatch(part) for part in parts]
    if len(parts) > MOST_SPANS or not all(matches):
        raise ValidationError(_("What was seen cannot be read. Reload the page."))
    last = round(10 * seconds)
    found = [(round(10 * float(m[1])), min(last, round(10 * float(m[2])))) for m in matches]
    return [(start, end) for start, end in found if start < end]


def read_second(text: str) -> float | None:
    """Read "12.4"; None if there is nothing. Raises ValidationError if it is written otherwise."""
    if text and not SECOND.fullmatch(text):
        raise ValidationError(_("What was seen cannot be read. Reload the page."))
    return float(text) if text else None


def union(*many: Iterable[Iterable[int]]) -> list[Span]:
    """Return the union: the same span twice counts once, in whatever order it comes."""
    merged: list[Span] = []
    for start, end in sorted((start, end) for spans in many for start, end in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def share(spans: Iterable[Iterable[int]], seconds: float) -> float:
    """Return how much of the film the spans cover, in [0, 1]; 0 for a film without length."""
    covered = sum(end - start for start, end in spans)
    return min(1.0, covered / (10 * seconds)) if seconds else 0.0
