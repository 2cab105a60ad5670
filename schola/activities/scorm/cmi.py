"""The data model of SCORM 1.2, as flat words: {"cmi.core.lesson_status": "passed", …}. Pure.

What is kept of an attempt:
    cmi      the words as they stand
    stamps   which commit wrote each word: "launch/seq", newer ones sort later
    seconds  how long each launch says it took, bounded by the clock on the wall
    told     the seconds that progress knows of

Source: SCORM 1.2 Run-Time Environment, section 3.4.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from schola.courses.activity_types import Score

WORD = re.compile(r"cmi(\.[a-z_]{1,40}(\.\d{1,4})?){1,6}")
LAUNCH = re.compile(r"\d{13}-[0-9a-f]{8}")
SPAN = re.compile(r"(\d{2,4}):(\d{2}):(\d{2}(?:\.\d{1,2})?)")
NUMBER = re.compile(r"-?\d{1,7}(\.\d{1,6})?")
MOST_WORDS = 4000
MOST_CHARACTERS = 65_536  # of one word
MOST_TOGETHER = 1_000_000
MOST_OF_NAME = 100
ENDED = ("passed", "completed", "failed")
OF_ONE_LAUNCH = ("cmi.core.session_time", "cmi.core.exit")


@dataclass(frozen=True)
class Commit:
    """What a launch reports: the words that have changed, under a number of its own.

    launch  "<milliseconds since 1970>-<8 hex digits>", as the server gave it
    part    which part of a package of several it comes from
    """

    launch: str
    seq: int
    words: Mapping[str, str]
    part: str = ""

    @property
    def stamp(self) -> str:
        return f"{self.launch}/{self.seq:08d}"

    @property
    def began(self) -> float:
        """When the launch began, in seconds since 1970."""
        return int(self.launch[:13]) / 1000


@dataclass(frozen=True)
class Verdict:
    """What the words come to, once they say that it is over.

    finished  it may count as done: anything but failed
    scored    the score is the package's own, not ours for a mere status
    """

    score: Score
    success: bool | None
    finished: bool
    scored: bool = False


def read_commit(body: Any) -> Commit:
    """Return the commit that a browser sent. Raises ValueError if it makes no sense."""
    launch, seq, words = body["launch"], body["seq"], body["patch"]
    part = body.get("part", "")
    if not isinstance(launch, str) or not LAUNCH.fullmatch(launch):
        raise ValueError("launch")
    if type(seq) is not int or not 0 < seq < 10**8 or not isinstance(words, dict):
        raise ValueError("seq")
    if not isinstance(part, str) or len(part) > MOST_OF_NAME:
        raise ValueError("part")
    if not all(WORD.fullmatch(word) and isinstance(text, str) for word, text in words.items()):
        raise ValueError("patch")
    if any(len(text) > MOST_CHARACTERS for text in words.values()):
        raise ValueError("too long")
    return Commit(launch, seq, {word: _storable(text) for word, text in words.items()}, part)


def absorb(data: Mapping[str, Any], commit: Commit, now: datetime) -> dict[str, Any] | None:
    """Return the data with what is new in the commit, None if nothing is.

    A word that a later commit has written stays, so that commits may come twice and in any order.
    Raises ValueError if it would be more than anybody needs.
    """
    stamps = data.get("stamps", {})
    fresh = {
        word: text for word, text in commit.words.items() if stamps.get(word, "") < commit.stamp
    }
    if not fresh:
        return None
    cmi = {**data.get("cmi", {}), **fresh}
    if len(cmi) > MOST_WORDS or sum(map(len, cmi.values())) > MOST_TOGETHER:
        raise ValueError("too much")
    seconds = dict(data.get("seconds", {}))
    if "cmi.core.session_time" in fresh:
        longest = max(0.0, now.timestamp() - commit.began)
        seconds[commit.launch] = min(span(fresh["cmi.core.session_time"]), longest)
    return {
        **data,
        "cmi": cmi,
        "stamps": {**stamps, **dict.fromkeys(fresh, commit.stamp)},
        "seconds": seconds,
    }


def judge(cmi: Mapping[str, str], mastery: str | None) -> Verdict | None:
    """Return what the words come to; None: it is not over yet.

    Without a score, passed and completed count as one of one point, failed as none. With a mastery
    score, the score decides about passed and failed (RTE 1.2, 3.4.4, cmi.core.lesson_status).
    """
    status = cmi.get("cmi.core.lesson_status", "")
    if status not in ENDED:
        return None
    raw = _number(cmi.get("cmi.core.score.raw", ""))
    success = {"passed": True, "failed": False}.get(status)
    if mastery is not None and raw is not None:
        success = raw >= Decimal(mastery)
    given = _score(cmi, raw)
    score = given or Score(Decimal(success is not False), Decimal(1))
    return Verdict(score, success, finished=success is not False, scored=given is not None)


def initial(data: Mapping[str, Any], facts: Mapping[str, str]) -> dict[str, str]:
    """Return the words with which a launch begins: those of the attempt, and the facts."""
    kept = {word: text for word, text in data.get("cmi", {}).items() if word not in OF_ONE_LAUNCH}
    return {
        **kept,
        "cmi.core.entry": "resume" if kept else "ab-initio",
        "cmi.core.total_time": as_span(sum(data.get("seconds", {}).values())),
        **{word: text for word, text in facts.items() if text},
    }


def suspended(data: Mapping[str, Any]) -> bool:
    """Tell whether the learner left in order to come back to the same place."""
    return data.get("cmi", {}).get("cmi.core.exit") == "suspend"


def span(text: str) -> float:
    """Return the seconds of a CMITimespan (HHHH:MM:SS.SS); 0 if it is none."""
    found = SPAN.fullmatch(text)
    if not found:
        return 0.0
    return 3600 * int(found[1]) + 60 * int(found[2]) + float(found[3])


def as_span(seconds: float) -> str:
    """Return seconds as a CMITimespan."""
    minutes, rest = divmod(min(int(seconds), 9999 * 3600), 60)
    return f"{minutes // 60:04d}:{minutes % 60:02d}:{rest:02d}"


def _score(cmi: Mapping[str, str], raw: Decimal | None) -> Score | None:
    """Return the points, bounded to min..max, which are 0..100 unless the package says others."""
    least, most = (_number(cmi.get(f"cmi.core.score.{word}", "")) for word in ("min", "max"))
    least, most = least or Decimal(0), Decimal(100) if most is None else most
    if raw is None or most <= least:
        return None
    return Score(min(max(raw, least), most) - least, most - least)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if NUMBER.fullmatch(text.strip()) else None


def _storable(text: str) -> str:
    """Return the text without what a database does not take: NUL and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
