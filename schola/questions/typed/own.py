"""Our own notation: see the package's docstring."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from schola.questions.typed.blocks import Block, Line
from schola.questions.typed.drafts import Draft, Unreadable, draft
from schola.questions.typed.numerals import tolerant_number

ONE = re.compile(r"(?P<mark>\*|-|–|\((?P<tick>[xX ]?)\))\s+(?P<text>\S.*)")
MANY = re.compile(r"\[(?P<tick>[xX ]?)\]\s+(?P<text>\S.*)")
ANSWER = re.compile(r"(?P<mark>={1,2})\s*(?:%(?P<percent>\d{1,3})%)?\s*(?P<text>\S.*)")
TRUTH = re.compile(r"(true|false|richtig|falsch|vrai|faux|verdadero|falso)", re.IGNORECASE)
TRUE_WORDS = {"true", "richtig", "vrai", "verdadero"}
NOTE = re.compile(r"(?P<mark>\?\??)\s+(?P<text>\S.*)")
POINTS = re.compile(
    r"\((?P<points>\d{1,3}(?:[.,]\d{1,6})?)(?:\s*(?:points?|p|pts?))?(?P<flags>(?:,[\w\s]+)*)\)$"
)
FLAGS = {
    "all or nothing": {"scoring": "all"},
    "each option counts": {"scoring": "each"},
    "fixed order": {"shuffle": False},
    "case counts": {"case": True},
}


@dataclass
class Reading:
    """What the lines of one question have said so far."""

    line: int
    text: list[str] = field(default_factory=list)
    ones: list[dict[str, Any]] = field(default_factory=list)
    manys: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    answer_line: int = 0
    truth: bool | None = None
    feedback: list[str] = field(default_factory=list)

    @property
    def answered(self) -> bool:
        return bool(self.ones or self.manys or self.answers or self.truth is not None)


def draft_of(block: Block) -> Draft:
    """Return the question in these lines. Raises Unreadable naming the line at fault."""
    reading = Reading(block[0].number)
    for line in block:
        _take(reading, line)
    text, points, flags = _with_points(reading)
    if not text:
        raise Unreadable(reading.line, _("Write the question above its answers."))
    kind, said = _said(reading)
    body = {"text": text, "feedback": "\n".join(reading.feedback), **said, **flags}
    return draft(kind, body, points, reading.line)


def _take(reading: Reading, line: Line) -> None:
    for pattern, take in TAKERS:
        found = pattern.fullmatch(line.text)
        if found and (take is not _take_truth or reading.text):
            take(reading, line, found)
            return
    if reading.answered or reading.feedback:
        raise Unreadable(
            line.number,
            _("Begin an option with * or -, an answer with =, or leave a line blank before this."),
        )
    reading.text.append(unescaped(line.text))


def _take_one(reading: Reading, line: Line, found: re.Match[str]) -> None:
    right = found["mark"] == "*" or (found["tick"] or "").lower() == "x"
    reading.ones.append({"text": unescaped(found["text"]), "right": right})


def _take_many(reading: Reading, line: Line, found: re.Match[str]) -> None:
    right = found["tick"].lower() == "x"
    reading.manys.append({"text": unescaped(found["text"]), "right": right})


def _take_answer(reading: Reading, line: Line, found: re.Match[str]) -> None:
    reading.answer_line = reading.answer_line or line.number
    answer = {"text": found["text"], "percent": int(found["percent"] or 100)}
    reading.answers.append(answer)


def _take_truth(reading: Reading, line: Line, found: re.Match[str]) -> None:
    if reading.truth is not None:
        raise Unreadable(line.number, _("Say only once whether it is true."))
    reading.truth = found[0].lower() in TRUE_WORDS


def _take_note(reading: Reading, line: Line, found: re.Match[str]) -> None:
    about = next((each for each in (reading.ones, reading.manys, reading.answers) if each), None)
    if found["mark"] == "??" or about is None:
        reading.feedback.append(unescaped(found["text"]))
        return
    before = about[-1].get("feedback")
    about[-1]["feedback"] = f"{before} {unescaped(found['text'])}".removeprefix("None ")


Take = Callable[[Reading, Line, re.Match[str]], None]
TAKERS: tuple[tuple[re.Pattern[str], Take], ...] = (
    (NOTE, _take_note),
    (MANY, _take_many),
    (ONE, _take_one),
    (ANSWER, _take_answer),
    (TRUTH, _take_truth),
)


def _with_points(reading: Reading) -> tuple[str, Decimal, dict[str, Any]]:
    """Return the question without the bracket at its end, and what the bracket said."""
    text = "\n".join(reading.text)
    found = POINTS.search(text)
    if not found or (found.start() and not text[found.start() - 1].isspace()):
        return text, Decimal(1), {}
    points = Decimal(found["points"].replace(",", "."))
    if points <= 0:
        raise Unreadable(reading.line, _("Give the question more than 0 points."))
    return text[: found.start()].rstrip(), points, _flags(found["flags"], reading.line)


def _flags(written: str, line: int) -> dict[str, Any]:
    flags: dict[str, Any] = {}
    for flag in filter(None, (" ".join(each.split()).lower() for each in written.split(","))):
        if flag not in FLAGS:
            raise Unreadable(
                line, _("After the points, write one of: %(known)s.") % {"known": ", ".join(FLAGS)}
            )
        flags |= FLAGS[flag]
    return flags


def _said(reading: Reading) -> tuple[str, dict[str, Any]]:
    """Return the type and what only it needs. Raises Unreadable if the lines contradict."""
    ways = {
        "choice": reading.ones,
        "multiple": reading.manys,
        "short_text": reading.answers,
        "true_false": reading.truth is not None,
    }
    used = [kind for kind, lines in ways.items() if lines]
    if not used:
        raise Unreadable(
            reading.line,
            _("Write the answers below the question: * right, - wrong, = text, or True."),
        )
    if len(used) > 1:
        raise Unreadable(reading.line, _("Use one kind of answer in a question, not two."))
    if used[0] == "true_false":
        return "true_false", {"answer": reading.truth}
    if used[0] == "short_text":
        return _short_or_number(reading)
    return used[0], {"options": ways[used[0]]}


def _short_or_number(reading: Reading) -> tuple[str, dict[str, Any]]:
    only = reading.answers[0]
    if len(reading.answers) == 1 and only["percent"] == 100:
        number = tolerant_number(only["text"], reading.answer_line)
        if number:
            reading.feedback += filter(None, [only.get("feedback")])
            return "numeric", {**number, "feedback": "\n".join(reading.feedback)}
    accepted = [{**each, "text": unquoted(unbraced(each["text"]))} for each in reading.answers]
    return "short_text", {"accepted": accepted}


def unescaped(text: str) -> str:
    return unbraced(text).removeprefix("\\")


def unbraced(text: str) -> str:
    r"""Return text with `{` for `\{`: without the stroke it could be taken for GIFT."""
    return re.sub(r"\\(\\*)\{", r"\1{", text)


def unquoted(text: str) -> str:
    """Return an answer without its quotes: they keep a number or a sign a mere text."""
    return text[1:-1] if len(text) > 2 and text[0] == text[-1] == '"' else text
