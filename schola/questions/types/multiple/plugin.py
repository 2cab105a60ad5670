from collections.abc import Sequence
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from schola.questions import options
from schola.questions.question_types import (
    Body,
    Data,
    Mark,
    Order,
    Part,
    QuestionType,
    Response,
    Shown,
    optional,
    question_types,
    written,
)


@question_types.register
class Multiple(QuestionType):
    """Pick all the right options.

    scoring  partial  each right pick earns its share, each wrong one takes the same; never below 0
             all      everything or nothing
             each     the share of options treated rightly, picked or left; no pick earns nothing
    """

    key = "multiple"
    name = _("Multiple choice")
    template = "questions/multiple.html"
    example = {
        "text": "Which of these measure spread?",
        "options": [
            {"text": "Range", "right": True},
            {"text": "Standard deviation", "right": True},
            {"text": "Median", "feedback": "The median measures the middle."},
        ],
    }

    def clean(self, body: Body) -> Body:
        choices = options.clean_options(body.get("options"))
        if not any(option["right"] for option in choices):
            raise ValidationError(_("Mark at least one option as right."))
        scoring = body.get("scoring", "partial")
        if scoring not in ("partial", "all", "each"):
            raise ValidationError(_("Choose how the options are scored: partial, all or each."))
        return {
            "text": written(body.get("text"), _("Write the question.")),
            "options": choices,
            "scoring": scoring,
            "shuffle": body.get("shuffle", True) is True,
            "feedback": optional(body.get("feedback")),
        }

    def shown(self, body: Body, order: Order, response: Response) -> Shown:
        return options.show_options(body, order, response, many=True)

    def parse(self, body: Body, data: Data, prefix: str, order: Order) -> Response:
        return options.parse_options(body, data, prefix, order)

    def mark(self, body: Body, response: Response) -> Mark:
        parts = options.parts_of(body, response)
        return Mark(fraction(body["scoring"], parts), body["feedback"], parts)

    def right_response(self, body: Body) -> Response:
        return options.right_options(body)

    def describe_response(self, body: Body, response: Response) -> str:
        return options.describe_options(body, response)


def fraction(scoring: str, parts: Sequence[Part]) -> Fraction:
    """Return what the picks earn, in [0, 1]."""
    if not any(part.picked for part in parts):
        return Fraction(0)
    if scoring == "all":
        return Fraction(all(part.picked == part.right for part in parts))
    if scoring == "each":
        return Fraction(sum(part.picked == part.right for part in parts), len(parts))
    balance = sum(1 if part.right else -1 for part in parts if part.picked)
    return max(Fraction(0), Fraction(balance, sum(part.right for part in parts)))
