"""A package of several parts (SCOs): each has words of its own, together one verdict. Pure.

A config lists them as items, in their order, headings too: {"id", "title", "href", "level",
"mastery", "data", "asset"}; a heading has no href. What is kept of such an attempt:

    parts  for each id what cmi.py keeps of a whole package: cmi, stamps, seconds
    told   the seconds that progress knows of
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from schola.activities.scorm import cmi
from schola.courses.activity_types import Score

SCORE = "cmi.core.score.raw"
STATUS = "cmi.core.lesson_status"
MILLIONTHS = 10**6


def openable(config: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the items that can be opened, in their order; none for a package of one part."""
    found = [item for item in config.get("items", ()) if item["href"]]
    return found if len(found) > 1 else []


def of_part(data: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    """Return what is kept of one part; of the whole package if it has no parts ("")."""
    return data.get("parts", {}).get(part, {}) if part else data


def with_part(data: Mapping[str, Any], part: str, new: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data with this kept of the part."""
    if not part:
        return dict(new)
    return {**data, "parts": {**data.get("parts", {}), part: dict(new)}}


def status_of(data: Mapping[str, Any], part: str) -> str:
    """Return "passed", "completed", "failed", "incomplete" or "" for a part."""
    status = of_part(data, part).get("cmi", {}).get(STATUS, "")
    return status if status in (*cmi.ENDED, "incomplete") else ""


def judge_all(config: Mapping[str, Any], data: Mapping[str, Any]) -> cmi.Verdict | None:
    """Return what the attempt comes to; None: it is not over yet.

    Several parts are over when each of them is. They are failed if one is, passed if one is and
    none failed. A mastery of the whole, in percent, decides if there is any score.
    """
    parts = openable(config)
    if not parts:
        return cmi.judge(data.get("cmi", {}), _number(config))
    words = [of_part(data, each["id"]).get("cmi", {}) for each in parts]
    verdicts = [cmi.judge(own, each["mastery"]) for each, own in zip(parts, words, strict=True)]
    if None in verdicts:
        return None
    said = {verdict.success for verdict in verdicts if verdict}
    success = False if False in said else True if True in said else None
    score = total(config.get("scoring", "average"), _scored(parts, verdicts, data))
    if score and _number(config) is not None:
        success = 100 * score.earned >= Decimal(_number(config) or 0) * score.possible
    score = score or Score(Decimal(success is not False), Decimal(1))
    return cmi.Verdict(score, success, finished=success is not False)


def total(scoring: str, scores: Sequence[Score]) -> Score | None:
    """Return one score of many, given in the order of their time; None if there is none.

    scoring  "highest", "sum", "last", or "average": of the fractions, as points of 100
    """
    if not scores:
        return None
    if scoring == "highest":
        return max(scores, key=_fraction)
    if scoring == "last":
        return scores[-1]
    if scoring == "sum":
        earned = sum((each.earned for each in scores), Decimal(0))
        return Score(earned, sum((each.possible for each in scores), Decimal(0)))
    mean = sum(map(_fraction, scores), Fraction(0)) / len(scores)
    return Score(Decimal(round(100 * mean * MILLIONTHS)) / MILLIONTHS, Decimal(100))


def seconds_of(data: Mapping[str, Any]) -> float:
    """Return how long all launches of all parts say they took."""
    every = [data, *data.get("parts", {}).values()]
    return sum(sum(each.get("seconds", {}).values()) for each in every)


def suspended(data: Mapping[str, Any]) -> bool:
    """Tell whether the learner left any part in order to come back to the same place."""
    return any(map(cmi.suspended, [data, *data.get("parts", {}).values()]))


def to_open(config: Mapping[str, Any], data: Mapping[str, Any], asked: str = "") -> str:
    """Return the part to show: that asked for, else the first that is not over; "" if no parts."""
    parts = [each["id"] for each in openable(config)]
    if asked in parts:
        return asked
    left = [part for part in parts if status_of(data, part) not in cmi.ENDED]
    return next(iter(left + parts), "")


def _scored(
    parts: Sequence[Mapping[str, Any]], verdicts: Sequence[Any], data: Mapping[str, Any]
) -> list[Score]:
    """Return the scores of those that have one, the one that was written last at the end."""
    found = [
        (of_part(data, each["id"])["stamps"].get(SCORE, ""), n, verdict.score)
        for n, (each, verdict) in enumerate(zip(parts, verdicts, strict=True))
        if verdict.scored
    ]
    return [score for _stamp, _n, score in sorted(found, key=lambda each: each[:2])]


def _fraction(score: Score) -> Fraction:
    return Fraction(score.earned) / Fraction(score.possible)


def _number(config: Mapping[str, Any]) -> str | None:
    mastery = config.get("mastery")
    return None if mastery in (None, "") else str(Decimal(str(mastery)))
