"""The Aiken notation: options lettered A) or A., then ANSWER: B."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from schola.questions.typed.blocks import Block
from schola.questions.typed.drafts import Draft, Unreadable, draft

OPTION = re.compile(r"(?P<letter>[A-Z])[).]\s+(?P<text>\S.*)")
KEY = re.compile(r"ANSWER:\s*(?P<letter>\w*)\s*", re.IGNORECASE)


def looks_like(block: Block) -> bool:
    return any(KEY.fullmatch(line.text) for line in block)


def draft_of(block: Block) -> Draft:
    """Return the question in these lines. Raises Unreadable naming the line at fault."""
    *lines, last = block
    key = KEY.fullmatch(last.text)
    if not key:
        raise Unreadable(last.number, _("Put a blank line after the line that begins ANSWER:."))
    text, options = [], {}
    for line in lines:
        found = OPTION.fullmatch(line.text)
        if found:
            options[found["letter"]] = found["text"]
        elif options:
            raise Unreadable(line.number, _("Begin each option with a letter, as in “B) Text”."))
        else:
            text.append(line.text)
    right = key["letter"].upper()
    if right not in options:
        raise Unreadable(last.number, _("Name the letter of one of the options after ANSWER:."))
    body = {
        "text": "\n".join(text),
        "options": [{"text": each, "right": letter == right} for letter, each in options.items()],
    }
    return draft("choice", body, Decimal(1), block[0].number)
