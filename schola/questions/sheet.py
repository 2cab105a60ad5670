"""The questions of one attempt, in the order and under the names that this attempt shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schola.questions.question_types import Data, Mark, Order, Response, question_types
from schola.questions.rendering import render_question, render_review

Questions = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Slot:
    """One question of a sheet. points: what it is worth, exact."""

    number: int
    type: str
    body: Mapping[str, Any]
    points: Fraction
    order: Order

    @property
    def worth(self) -> int | float:
        """The points as a page shows them: 1, not 1.0."""
        return int(self.points) if self.points.denominator == 1 else float(self.points)

    @property
    def prefix(self) -> str:
        return f"q{self.number}"

    def parse(self, data: Data) -> Response:
        """Read the answer from a form. Raises ValidationError for what it could not have sent."""
        return question_types[self.type].parse(self.body, data, self.prefix, self.order)

    def mark(self, response: Response) -> Mark:
        return question_types[self.type].mark(self.body, response)

    def html(self, response: Response) -> SafeString:
        return render_question(
            question_types[self.type], self.body, self.prefix, self.order, response
        )

    def review(self, response: Response, *, show_right: bool) -> SafeString:
        return render_review(
            question_types[self.type], self.body, self.order, response, show_right=show_right
        )


@dataclass(frozen=True)
class Sheet:
    """All questions of an attempt, numbered from 1."""

    slots: tuple[Slot, ...]

    @cached_property
    def possible(self) -> Fraction:
        return sum((slot.points for slot in self.slots), Fraction(0))


def sheet_of(questions: Questions, attempt_id: UUID | str) -> Sheet:
    """Return the sheet of an attempt. The same attempt always gets the same one."""
    numbers = range(1, len(questions) + 1)
    return Sheet(tuple(slot_of(questions, attempt_id, number) for number in numbers))


def slot_of(questions: Questions, attempt_id: UUID | str, number: int) -> Slot:
    """Return one question of the sheet of an attempt, without the others.

    Raises ValidationError if the sheet has none of that number.
    """
    if not 1 <= number <= len(questions):
        raise ValidationError(_("This attempt has no such question. Reload the page."))
    question = questions[number - 1]
    return Slot(
        number=number,
        type=question["type"],
        body=question["body"],
        points=Fraction(str(question.get("points", 1))),
        order=Order(_seed(attempt_id, number)),
    )


def clean_questions(questions: Any) -> list[dict[str, Any]]:
    """Return the author's questions, complete and tidy.

    Raises ValidationError that names the question and what to do.
    """
    if not isinstance(questions, list):
        raise ValidationError(_("Write the questions again; these cannot be read."))
    cleaned = []
    for number, question in enumerate(questions, 1):
        try:
            kind = question_types[question["type"]]
            body = kind.clean(question["body"])
        except ValidationError as error:
            text = _("Question %(n)s: %(what)s") % {"n": number, "what": error.messages[0]}
            raise ValidationError(text) from error
        except (KeyError, TypeError) as error:
            text = _("Question %(n)s cannot be read. Write it again.") % {"n": number}
            raise ValidationError(text) from error
        points = str(question.get("points", 1))
        cleaned.append({"type": kind.key, "body": body, "points": points})
    return cleaned


def _seed(attempt_id: UUID | str, number: int) -> str:
    return salted_hmac("schola.sheet", f"{attempt_id}:{number}", settings.SECRET_KEY).hexdigest()
