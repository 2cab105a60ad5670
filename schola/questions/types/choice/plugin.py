from fractions import Fraction

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from schola.questions import options
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


@question_types.register
class Choice(QuestionType):
    """Pick the one right option."""

    key = "choice"
    name = _("Choice")
    template = "questions/choice.html"
    example = {
        "text": "What is the median of 2, 4 and 9?",
        "options": [
            {"text": "4", "right": True},
            {"text": "5", "feedback": "That is the mean."},
        ],
    }

    def clean(self, body: Body) -> Body:
        choices = options.clean_options(body.get("options"))
        if sum(option["right"] for option in choices) != 1:
            raise ValidationError(_("Mark exactly one option as right."))
        return {
            "text": written(body.get("text"), _("Write the question.")),
            "options": choices,
            "shuffle": body.get("shuffle", True) is True,
            "feedback": optional(body.get("feedback")),
        }

    def shown(self, body: Body, order: Order, response: Response) -> Shown:
        return options.show_options(body, order, response, many=False)

    def parse(self, body: Body, data: Data, prefix: str, order: Order) -> Response:
        response = options.parse_options(body, data, prefix, order)
        if len(response.get("picked", ())) > 1:
            raise ValidationError(_("Choose one option only."))
        return response

    def mark(self, body: Body, response: Response) -> Mark:
        parts = options.parts_of(body, response)
        hit = any(part.picked and part.right for part in parts)
        return Mark(Fraction(hit), body["feedback"], parts)

    def right_response(self, body: Body) -> Response:
        return options.right_options(body)

    def describe_response(self, body: Body, response: Response) -> str:
        return options.describe_options(body, response)
