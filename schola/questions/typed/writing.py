"""Questions as the plain text from which they can be read again."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from schola.questions.question_types import Body
from schola.questions.typed.aiken import KEY
from schola.questions.typed.drafts import Draft
from schola.questions.typed.numerals import tolerant_number
from schola.questions.typed.own import ANSWER, FLAGS, MANY, NOTE, ONE, POINTS, TRUTH

SIGNS = {"nominal": "±", "relative": "±", "geometric": "*/"}


def to_text(drafts: Iterable[Draft]) -> str:
    """Return text which `parse` reads back to the same questions."""
    return "\n\n".join("\n".join(_lines(draft)) for draft in drafts) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    body = draft.body
    *first, last = body["text"].split("\n")
    yield from (escaped(line) for line in first)
    yield escaped(last + _bracket(draft, last))
    yield from WRITERS[draft.kind](body)
    yield from (f"?? {_inner(line)}" for line in body["feedback"].split("\n") if line)


def _bracket(draft: Draft, last: str) -> str:
    flags = [name for name, said in FLAGS.items() if said.items() <= draft.body.items()]
    if draft.points == 1 and not flags and not POINTS.search(last):
        return ""
    points = f"{draft.points.normalize():f}"
    return f" ({', '.join([f'{points} point' + 's' * (points != '1'), *flags])})"


def _choice(body: Body) -> Iterator[str]:
    for option in body["options"]:
        yield f"{'*' if option['right'] else '-'} {_inner(option['text'])}"
        yield from _note(option["feedback"])


def _multiple(body: Body) -> Iterator[str]:
    for option in body["options"]:
        yield f"[{'x' if option['right'] else ' '}] {_inner(option['text'])}"
        yield from _note(option["feedback"])


def _true_false(body: Body) -> Iterator[str]:
    yield "True" if body["answer"] else "False"


def _short_text(body: Body) -> Iterator[str]:
    for answer in body["accepted"]:
        percent = "" if answer["percent"] == 100 else f"%{answer['percent']}% "
        yield f"= {percent}{_quoted(answer['text'])}"
        yield from _note(answer["feedback"])


def _numeric(body: Body) -> Iterator[str]:
    tolerance = ""
    if body["tolerance"] != "0" or body["kind"] != "nominal":
        tolerance = f" {SIGNS[body['kind']]} {body['tolerance']}"
        if body["kind"] == "relative":
            tolerance = f" ± {Decimal(body['tolerance']).scaleb(2):f}%"
    if body["unit"] == "%" and tolerance:
        yield f"= {body['answer']} %{tolerance}"
    else:
        yield f"= {body['answer']}{tolerance} {body['unit']}".rstrip()


WRITERS = {
    "choice": _choice,
    "multiple": _multiple,
    "true_false": _true_false,
    "short_text": _short_text,
    "numeric": _numeric,
}


def _note(feedback: str) -> Iterator[str]:
    if feedback:
        yield f"? {_inner(feedback)}"


def escaped(line: str) -> str:
    """Return a line of the question which is not taken for an answer."""
    marks = (ONE, MANY, ANSWER, TRUTH, NOTE, KEY)
    if not line or line[0] == "\\" or any(mark.fullmatch(line) for mark in marks):
        line = f"\\{line}"
    return braced(line)


def _inner(text: str) -> str:
    return braced(f"\\{text}" if text.startswith("\\") else text)


def braced(text: str) -> str:
    """Return text whose curly brackets are not taken for GIFT."""
    return re.sub(r"(\\*)\{", r"\1\\{", text)


def _quoted(text: str) -> str:
    looks_special = re.match(r'["=%+\-−\d.,]', text) or tolerant_number(text, 0)
    return braced(f'"{text}"' if looks_special else text)
