"""The one interface behind every question: choice, numeric, matching, essay, …

A question is a body (what the author wrote, JSON). A learner is shown a `Shown`, a type that has
no place for an answer; the learner's answer becomes a response (JSON); `mark` judges it.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256
from typing import Any, ClassVar, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from schola.kernel.registry import Registry

Body = dict[str, Any]
Response = dict[str, Any]

MAX_TEXT = 10_000


class Data(Protocol):
    """A form's data, as a QueryDict gives it."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True)
class Order:
    """How one attempt shows the options: under names of its own, shuffled or not.

    seed  secret, one per attempt and slot; the same seed gives the same names and order
    """

    seed: str

    def token(self, option_id: str) -> str:
        return self._digest("name", option_id)[:12]

    def arranged(self, option_ids: list[str], *, shuffle: bool) -> list[str]:
        if not shuffle:
            return option_ids
        return sorted(option_ids, key=lambda option_id: self._digest("place", option_id))

    def named(self, token: str, option_ids: list[str]) -> str:
        """Return the option of that name. Raises ValidationError if there is none."""
        for option_id in option_ids:
            if self.token(option_id) == token:
                return option_id
        raise ValidationError(_("This answer is not one of the options. Choose again."))

    def _digest(self, use: str, option_id: str) -> str:
        return sha256(f"{self.seed}\0{use}\0{option_id}".encode()).hexdigest()


@dataclass(frozen=True)
class Option:
    token: str
    text: str
    picked: bool = False


@dataclass(frozen=True)
class Shown:
    """All that a learner may see before the answer is judged."""

    text: str
    options: tuple[Option, ...] = ()
    many: bool = False
    given: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Part:
    """What became of one option or accepted answer. picked and right may both be false."""

    option_id: str
    picked: bool
    right: bool
    feedback: str = ""


@dataclass(frozen=True)
class Mark:
    """fraction in [0, 1], exact, or None if a person has to judge."""

    fraction: Fraction | None
    feedback: str = ""
    parts: tuple[Part, ...] = field(default=())

    @property
    def verdict(self) -> str:
        """Return right, partly, wrong or open."""
        if self.fraction is None:
            return "open"
        return {0: "wrong", 1: "right"}.get(self.fraction, "partly")


@dataclass(frozen=True)
class ReviewedOption:
    token: str
    text: str
    picked: bool
    right: bool
    feedback: str


@dataclass(frozen=True)
class Review:
    """What a learner sees afterwards, where the policy lets them see it."""

    verdict: str
    feedback: str
    given: str
    right_answer: str
    options: tuple[ReviewedOption, ...] = ()


class QuestionType:
    """Everything here is pure. Bodies have passed `clean`."""

    key: ClassVar[str]
    name: ClassVar[str]
    template: ClassVar[str]
    example: ClassVar[Body]

    def clean(self, body: Body) -> Body:
        """Return the author's body, complete and tidy.

        Cleaning twice changes nothing. Raises ValidationError with a sentence for the author.
        """
        raise NotImplementedError

    def shown(self, body: Body, order: Order, response: Response) -> Shown:
        """Return what the learner sees, with the answer they have given so far."""
        raise NotImplementedError

    def parse(self, body: Body, data: Data, prefix: str, order: Order) -> Response:
        """Read the learner's answer from the form. Return {} if there is none.

        Raises ValidationError for what the form could not have sent.
        """
        raise NotImplementedError

    def mark(self, body: Body, response: Response) -> Mark:
        """Judge the response: the same body and response give the same mark. {} earns 0."""
        raise NotImplementedError

    def right_response(self, body: Body) -> Response:
        """Return a response that earns everything; {} if only a person can judge."""
        raise NotImplementedError

    def describe_response(self, body: Body, response: Response) -> str:
        """Return the answer in words, for teachers and statements."""
        raise NotImplementedError

    def right_answer(self, body: Body) -> str:
        return self.describe_response(body, self.right_response(body))

    def review(self, body: Body, order: Order, response: Response) -> Review:
        mark = self.mark(body, response)
        parts = {part.option_id: part for part in mark.parts}
        options = tuple(
            ReviewedOption(option.token, option.text, part.picked, part.right, part.feedback)
            for option in self.shown(body, order, response).options
            for option_id, part in parts.items()
            if order.token(option_id) == option.token
        )
        return Review(
            mark.verdict,
            mark.feedback,
            self.describe_response(body, response),
            self.right_answer(body),
            options,
        )


question_types: Registry[QuestionType] = Registry("question type")


def written(value: object, missing: str, *, one_line: bool = False) -> str:
    """Return the author's text, tidied. Raises ValidationError(missing) if it is empty."""
    text = optional(value, one_line=one_line)
    if not text:
        raise ValidationError(missing)
    return text


def optional(value: object, *, one_line: bool = False) -> str:
    """Return text without odd spaces. Raises ValidationError if it is no text, or too long."""
    if value is None:
        return ""
    if not isinstance(value, str) or "\0" in value:
        raise ValidationError(_("Write text here."))
    if len(value) > MAX_TEXT:
        raise ValidationError(
            _("This text has more than %(most)s characters. Make it shorter."),
            params={"most": MAX_TEXT},
        )
    if one_line:
        return " ".join(value.split())
    return "\n".join(" ".join(line.split()) for line in value.strip().splitlines())
