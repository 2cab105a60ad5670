from fractions import Fraction

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schola.questions.question_types import (
    Body,
    Data,
    Mark,
    Option,
    Order,
    Part,
    QuestionType,
    Response,
    Shown,
    optional,
    question_types,
    written,
)

VALUES = ["true", "false"]


@question_types.register
class TrueFalse(QuestionType):
    """Say whether a statement is true."""

    key = "true_false"
    name = _("True or false")
    template = "questions/true_false.html"
    example = {"text": "The median is never larger than the mean.", "answer": False}

    def clean(self, body: Body) -> Body:
        if not isinstance(body.get("answer"), bool):
            raise ValidationError(_("Say whether the statement is true or false."))
        return {
            "text": written(body.get("text"), _("Write the statement.")),
            "answer": body["answer"],
            "feedback": optional(body.get("feedback")),
        }

    def shown(self, body: Body, order: Order, response: Response) -> Shown:
        picked = response.get("picked")
        options = tuple(Option(order.token(each), word(each), each == picked) for each in VALUES)
        return Shown(body["text"], options)

    def parse(self, body: Body, data: Data, prefix: str, order: Order) -> Response:
        tokens = [token for token in data.getlist(prefix) if token]
        if len(tokens) > 1:
            raise ValidationError(_("Choose one option only."))
        return {"picked": order.named(tokens[0], VALUES)} if tokens else {}

    def mark(self, body: Body, response: Response) -> Mark:
        right, picked = self.right_response(body)["picked"], response.get("picked")
        parts = tuple(Part(each, each == picked, each == right) for each in VALUES)
        return Mark(Fraction(picked == right), body["feedback"], parts)

    def right_response(self, body: Body) -> Response:
        return {"picked": "true" if body["answer"] else "false"}

    def describe_response(self, body: Body, response: Response) -> str:
        return word(response["picked"]) if "picked" in response else ""


def word(value: str) -> str:
    return gettext("True") if value == "true" else gettext("False")
