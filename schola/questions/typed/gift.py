r"""Simple GIFT: ::title:: question { =right ~wrong #feedback ####general }.

Choice, multiple (percentages), short text, numbers (#3:2, #1..5) and true/false. `\` escapes.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from schola.questions.typed.blocks import Block, Line, blocks
from schola.questions.typed.drafts import Draft, Unreadable, draft

ANSWERS = re.compile(r"(?<!\\)\{(?P<inside>.*?)(?<!\\)\}", re.DOTALL)
FORMAT = re.compile(r"\[(?:html|moodle|plain|markdown)\]\s*", re.IGNORECASE)
TITLE = re.compile(r"^\s*::.*?(?<!\\)::", re.DOTALL)
TRUTH = re.compile(r"(?P<word>T|F|TRUE|FALSE)(?P<notes>#.*)?", re.IGNORECASE | re.DOTALL)
CHOICE = re.compile(
    r"(?P<mark>[=~])\s*(?:%(?P<percent>-?\d{1,3}(?:\.\d+)?)%)?(?P<text>(?:\\.|[^=~\\])*)", re.DOTALL
)
RANGE = re.compile(r"(?P<low>-?[\d.]+)\.\.(?P<high>-?[\d.]+)")
AROUND = re.compile(r"(?P<answer>-?[\d.]+(?:[eE]-?\d+)?)(?::(?P<tolerance>[\d.]+))?")


def looks_like(text: str) -> bool:
    found = ANSWERS.search(text)
    return bool(found) and bool(
        re.match(r"\s*(?:[=~#]|T\b|F\b|TRUE|FALSE|$)", found["inside"], re.IGNORECASE)
    )


def split(text: str) -> Iterator[Block]:
    """Yield blocks without comments; a bracket holds its lines together, blank ones too."""
    held: Block = []
    lines = (line if not line.lstrip().startswith("//") else "" for line in text.splitlines())
    for block in blocks("\n".join(lines)):
        held += block
        joined = _joined(held)
        if joined.count("{") - joined.count("\\{") <= joined.count("}") - joined.count("\\}"):
            yield held
            held = []
    if held:
        yield held


def _joined(block: Block) -> str:
    return "\n".join(line.text for line in block)


def draft_of(block: Block) -> Draft:
    """Return the question of this block. Raises Unreadable naming its first line."""
    line: Line = block[0]
    text = _joined(block)
    found = ANSWERS.search(text)
    if not found:
        raise Unreadable(line.number, _("Write the answers in curly brackets: {=right ~wrong}."))
    inside, _mark, general = found["inside"].partition("####")
    gap = " _____ " if text[found.end() :].strip(' ";\n') else ""
    stem = TITLE.sub("", text[: found.start()]) + gap + text[found.end() :].strip('";\n')
    body = {"text": _plain(stem), "feedback": _plain(general)}
    kind, said = _said(inside.strip(), line.number)
    said["feedback"] = "\n".join(filter(None, (body["feedback"], said.get("feedback", ""))))
    return draft(kind, {**body, **said}, Decimal(1), line.number)


def _said(inside: str, line: int) -> tuple[str, dict[str, Any]]:
    truth = TRUTH.fullmatch(inside)
    if truth:
        told = _notes(truth["notes"] or "")
        return "true_false", {"answer": truth["word"].upper().startswith("T"), "feedback": told}
    if inside.startswith("#"):
        return "numeric", _number(inside[1:], line)
    rows = [_row(found) for found in CHOICE.finditer(inside)]
    if not rows:
        raise Unreadable(line, _("Essay questions cannot be typed. Use an assignment for it."))
    if any(re.search(r"(?<!\\)->", row["text"]) for row in rows):
        raise Unreadable(line, _("Matching questions are not known here. Ask one by one."))
    return _with_rows(rows, line)


def _with_rows(rows: list[dict[str, Any]], line: int) -> tuple[str, dict[str, Any]]:
    if all(row["mark"] == "=" for row in rows):
        return "short_text", {"accepted": [_accepted(row) for row in rows if row["percent"] != 0]}
    positive = {row["percent"] for row in rows if row["mark"] == "~" and (row["percent"] or 0) > 0}
    if len(positive) > 1:
        raise Unreadable(line, _("Give every right option the same percentage."))
    kind = "multiple" if positive else "choice"
    return kind, {"options": [_option(row) for row in rows]}


def _row(found: re.Match[str]) -> dict[str, Any]:
    text, *notes = re.split(r"(?<!\\)#", found["text"], maxsplit=1)
    percent = None if found["percent"] is None else Decimal(found["percent"])
    return {
        "mark": found["mark"],
        "percent": percent,
        "text": _plain(text),
        "feedback": _plain(notes[0]) if notes else "",
    }


def _accepted(row: dict[str, Any]) -> dict[str, Any]:
    percent = 100 if row["percent"] is None else int(row["percent"])
    return {"text": row["text"], "percent": percent, "feedback": row["feedback"]}


def _option(row: dict[str, Any]) -> dict[str, Any]:
    right = row["mark"] == "=" or (row["percent"] or 0) > 0
    return {"text": row["text"], "right": right, "feedback": row["feedback"]}


def _number(inside: str, line: int) -> dict[str, Any]:
    written, *rest = re.split(r"(?=[=~#])", inside.strip().removeprefix("="), maxsplit=1)
    feedback = _notes("".join(rest))
    if re.search(r"(?<!\\)[=~]", "".join(rest)):
        raise Unreadable(line, _("Give one number: {#3.14:0.01} or {#1..5}. Others are not known."))
    span, around = RANGE.fullmatch(written.strip()), AROUND.fullmatch(written.strip())
    if span:
        low, high = Decimal(span["low"]), Decimal(span["high"])
        return {
            "answer": str((low + high) / 2),
            "tolerance": str(abs(high - low) / 2),
            "feedback": feedback,
        }
    if not around:
        raise Unreadable(line, _("Write the number as in {#3.14:0.01} or {#1..5}."))
    tolerance = around["tolerance"] or "0"
    return {"answer": around["answer"], "tolerance": tolerance, "feedback": feedback}


def _notes(text: str) -> str:
    """Return "#if wrong#if right" as lines of the feedback on the whole question."""
    notes = map(_plain, re.split(r"(?<!\\)#", text))
    return "\n".join(note for note in notes if note)


def _plain(text: str) -> str:
    """Return text without format marks, tags and escapes."""
    text = strip_tags(FORMAT.sub("", text)).replace("\\n", "\n")
    return re.sub(r"\\([~=#{}:\\])", r"\1", text).strip()
