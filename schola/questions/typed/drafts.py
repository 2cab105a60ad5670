from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schola.questions.question_types import Body, question_types


@dataclass(frozen=True)
class Draft:
    """A question read from text. body has passed the type's `clean`; line counts from 1."""

    kind: str
    body: Body
    points: Decimal = Decimal(1)
    line: int = 1


@dataclass(frozen=True)
class LineError:
    line: int
    sentence: str | Promise

    def __str__(self) -> str:
        return _("Line %(line)s: %(sentence)s") % {"line": self.line, "sentence": self.sentence}


@dataclass(frozen=True)
class Typed:
    """What could be read, and what not: a block with an error gives no draft."""

    drafts: tuple[Draft, ...]
    errors: tuple[LineError, ...]


class Unreadable(Exception):
    """A line that says nothing we understand."""

    def __init__(self, line: int, sentence: str | Promise) -> None:
        super().__init__(line, sentence)
        self.error = LineError(line, sentence)


def draft(kind: str, body: Body, points: Decimal, line: int) -> Draft:
    """Return a draft with a clean body. Raises Unreadable with what the type says."""
    try:
        return Draft(kind, question_types[kind].clean(body), points, line)
    except ValidationError as error:
        raise Unreadable(line, error.messages[0]) from error
