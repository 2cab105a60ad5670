from fractions import Fraction
from typing import Any

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
from schola.questions.types.short_text.patterns import fits, plain

LONGEST = 500
MOST_ANSWERS = 50


@question_types.register
class ShortText(QuestionType):
    """Write a word or two. The first accepted answer that fits decides."""

    key = "short_text"
    name = _("Short text")
    template = "questions/short_text.html"
    example = {
        "text": "What do we call the middle value of an ordered list?",
        "accepted": [
            {"text": "median"},
            {"text": "* quartile", "percent": 50, "feedback": "Which of the three quartiles?"},
        ],
    }

    def clean(self, body: Body) -> Body:
        accepted = body.get("accepted")
        if not isinstance(accepted, list) or not accepted:
            raise ValidationError(_("Write at least one accepted answer."))
        if len(accepted) > MOST_ANSWERS:
            raise ValidationError(_("Keep to %(most)s answers."), params={"most": MOST_ANSWERS})
        answers = [_clean_answer(answer) for answer in accepted]
        if not any(answer["percent"] == 100 for answer in answers):
            raise ValidationError(_("Give at least one accepted answer 100 percent."))
        return {
            "text": written(body.get("text"), _("Write the question.")),
            "accepted": answers,
            "case": body.get("case") is True,
            "feedback": optional(body.get("feedback")),
        }

    def shown(self, body: Body, order: Order, response: Response) -> Shown:
        return Shown(body["text"], given=response.get("text", ""))

    def parse(self, body: Body, data: Data, prefix: str, order: Order) -> Response:
        text = optional(next(iter(data.getlist(prefix)), ""), one_line=True)
        if len(text) > LONGEST:
            raise ValidationError(_("Write at most %(most)s characters."), params={"most": LONGEST})
        return {"text": text} if text else {}

    def mark(self, body: Body, response: Response) -> Mark:
        if not response:
            return Mark(Fraction(0), body["feedback"])
        for answer in body["accepted"]:
            if fits(answer["text"], response["text"], case=body["case"]):
                feedback = " ".join(filter(None, (answer["feedback"], body["feedback"])))
                return Mark(Fraction(answer["percent"], 100), feedback)
        return Mark(Fraction(0), body["feedback"])

    def right_response(self, body: Body) -> Response:
        full = next(answer for answer in body["accepted"] if answer["percent"] == 100)
        return {"text": plain(full["text"])}

    def describe_response(self, body: Body, response: Response) -> str:
        return response.get("text", "")


def _clean_answer(answer: object) -> dict[str, Any]:
    if not isinstance(answer, dict):
        raise ValidationError(_("Write each accepted answer as text."))
    percent = answer.get("percent", 100)
    if type(percent) is not int or not 0 <= percent <= 100:
        raise ValidationError(_("Give each accepted answer a whole percentage from 0 to 100."))
    return {
        "text": written(
            answer.get("text"), _("Write something in every accepted answer."), one_line=True
        ),
        "percent": percent,
        "feedback": optional(answer.get("feedback"), one_line=True),
    }
