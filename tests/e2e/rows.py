"""One row of the table of addresses, and short words to write it."""

import re
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One address and method.

    words  what stands for a word of the address: the kind of an object, or "=text" as it is
    form   a valid body
    ok     statuses that a person who may gets; None: any below 400
    page   answers HTML to a GET, which takes so many queries
    query  what follows the address; the kinds in it count as objects, too
    more   of the matrix: "files" and "content" of a body, "headers", "before" (a step)
    """

    method: str
    pattern: str
    who: str
    words: dict[str, str] = field(default_factory=dict)
    form: dict[str, Any] | None = None
    ok: tuple[int, ...] | None = None
    page: bool = True
    queries: int = 0
    query: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Return the address with {word:kind} for each object in it."""
        if self.pattern.startswith("^"):
            return "/" + self.words["path"]
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", self._word, self.pattern) + self.query

    def _word(self, match: re.Match) -> str:
        name = match[1]
        stands = self.words.get(name, name)
        return stands[1:] if stands.startswith("=") else f"{{{name}:{stands}}}"


COURSE = "courses/<slug:course>"
ITEM = f"{COURSE}/<str:item>"
PAGE, QUIZ, TASK, DRAFT = ({"item": kind} for kind in ("page", "quiz", "task", "draft"))


def revision_at(address: str, who: str = "omar", *names: str) -> dict[str, Any]:
    """Return the step that reads revisions off a page, to send along: "{revision}"."""
    names = names or ("revision",)
    return found_at(address, {name: rf'name="{name}" value="(\d+)"' for name in names}, who)


def found_at(address: str, patterns: dict[str, str], who: str = "omar") -> dict[str, Any]:
    """Return the step that reads words off a page, each by a pattern of one group."""
    save = {name: {"text": pattern} for name, pattern in patterns.items()}
    return {"before": {"as": who, "method": "GET", "url": address, "save": save}}


def get(pattern: str, who: str, words: dict[str, str] | None = None, **more: Any) -> Row:
    return Row("GET", pattern, who, words or {}, **more)


def post(pattern: str, who: str, form: dict[str, Any], **more: Any) -> Row:
    return Row("POST", pattern, who, more.pop("words", {}), form, **more)
