import re
from decimal import Decimal, localcontext
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from schola.questions.question_types import (
    Body,
    Data,
    Mark,
    Order,
    QuestionType,
    Response,
    Shown,
    optional,
    question_types,
    written,
)
from schola.questions.types.numeric.numbers import LONGEST, read

AMBIGUOUS = re.compile(r"[+\-−]?[1-9]\d{0,2},\d{3}")
PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
KINDS = ("nominal", "relative", "geometric")


@question_types.register
class Numeric(QuestionType):
    """Write a number, within a tolerance.

    answer, tolerance  numbers as text, so that they stay exact
    kind               nominal    |x - a| <= t
                       relative   |x - a| <= t |a|; around 0 only 0 fits
                       geometric  a / (1 + t) <= x <= a (1 + t)
    unit               shown beside the field; writing it too is welcome, another one is wrong
    """

    key = "numeric"
    name = _("Number")
    template = "questions/numeric.html"
    example = {
        "text": "What is the circumference of a circle 1 m across?",
        "answer": "3.14",
        "tolerance": "0.01",
        "unit": "m",
    }

    def clean(self, body: Body) -> Body:
        tolerance = _plain(read(_number(body.get("tolerance", "0")))[0][0])
        if read(tolerance)[0][0] < 0:
            raise ValidationError(_("Write a tolerance of 0 or more."))
        kind = body.get("kind", "nominal")
        if kind not in KINDS:
            raise ValidationError(_("Choose a tolerance: nominal, relative or geometric."))
        return {
            "text": written(body.get("text"), _("Write the question.")),
            "answer": _number(body.get("answer")),
            "tolerance": tolerance,
            "kind": kind,
            "unit": _unit(body.get("unit")),
            "feedback": optional(body.get("feedback")),
        }

    def shown(self, body: Body, order: Order, response: Response) -> Shown:
        return Shown(body["text"], given=response.get("text", ""), unit=body["unit"])

    def parse(self, body: Body, data: Data, prefix: str, order: Order) -> Response:
        text = optional(next(iter(data.getlist(prefix)), ""), one_line=True)
        if not text:
            return {}
        if not read(text)[0]:
            raise ValidationError(_("Write a number, for example 12.5 or 12,5."))
        return {"text": text}

    def mark(self, body: Body, response: Response) -> Mark:
        readings, unit = read(response.get("text", ""))
        right = _same_unit(unit, body["unit"]) and any(within(body, each) for each in readings)
        return Mark(Fraction(right), body["feedback"])

    def right_response(self, body: Body) -> Response:
        return {"text": body["answer"]}

    def describe_response(self, body: Body, response: Response) -> str:
        text = response.get("text", "")
        return f"{text} {body['unit']}" if text and body["unit"] and not read(text)[1] else text


def within(body: Body, given: Fraction) -> bool:
    """Return whether the number is within the tolerance, both ends included."""
    answer, tolerance = read(body["answer"])[0][0], read(body["tolerance"])[0][0]
    if body["kind"] == "geometric":
        ends = sorted((answer / (1 + tolerance), answer * (1 + tolerance)))
        return ends[0] <= given <= ends[1]
    reach = tolerance * abs(answer) if body["kind"] == "relative" else tolerance
    return abs(given - answer) <= reach


def _same_unit(given: str, expected: str) -> bool:
    tidy = str.maketrans({"²": "2", "³": "3", "^": None, " ": None, "·": None, "µ": "μ"})
    return not given or given.translate(tidy) == expected.translate(tidy)


def _unit(value: object) -> str:
    unit = optional(value, one_line=True)
    if unit and (unit[0] in "±.,+-" or unit[0].isdigit()):
        raise ValidationError(_("Write the unit alone, for example m/s²."))
    return unit


def _number(value: object) -> str:
    """Return the author's number with a point, as a text. Raises ValidationError."""
    text = optional(value, one_line=True)
    readings, unit = read(text)
    if not readings or unit:
        raise ValidationError(_("Write the answer and the tolerance as numbers."))
    if AMBIGUOUS.fullmatch(text):
        raise ValidationError(_("Write 1000 or 1.0: a comma before three digits may mean either."))
    return text if PLAIN.fullmatch(text) else _plain(readings[0])


def _plain(number: Fraction) -> str:
    """Return a number that has an end, as people with a comma or a power of ten wrote it."""
    with localcontext(prec=2 * LONGEST):
        return str((Decimal(number.numerator) / number.denominator).normalize()).lower()
