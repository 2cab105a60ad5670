"""Finds out in which notation a text is written, and reads it."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from schola.questions.typed import aiken, gift, own
from schola.questions.typed.blocks import Block, blocks
from schola.questions.typed.drafts import Draft, Typed, Unreadable

MOST_CHARACTERS = 500_000


def parse(text: str) -> list[Draft]:
    """Return the questions. Raises ValidationError with a sentence for each line at fault."""
    typed = read(text)
    if typed.errors:
        raise ValidationError([str(error) for error in typed.errors])
    return list(typed.drafts)


def read(text: str) -> Typed:
    """Return the questions that can be read, and for the rest what is wrong in which line."""
    if len(text) > MOST_CHARACTERS:
        raise ValidationError(
            _("This text has more than %(most)s characters. Paste it in parts."),
            params={"most": MOST_CHARACTERS},
        )
    drafts, errors = [], []
    for block, reader in _blocks(text.replace("\0", "")):
        try:
            drafts.append(reader(block))
        except Unreadable as unreadable:
            errors.append(unreadable.error)
    return Typed(tuple(drafts), tuple(errors))


def _blocks(text: str) -> list[tuple[Block, Callable[[Block], Draft]]]:
    if gift.looks_like(text):
        return [(block, gift.draft_of) for block in gift.split(text)]
    return [
        (block, aiken.draft_of if aiken.looks_like(block) else own.draft_of)
        for block in blocks(text)
    ]
