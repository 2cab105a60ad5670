"""One act of somebody, and whom it told: what "Undo" takes back.

While a request that writes is answered, what it tells others is marked as its own. Then the page
says how many will be told in half a minute, with a button to undo it. Jobs tell at once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from schola.kernel.ids import uuid7
from schola.talk.queries import held_by

UNDO = 26  # the level of a message that can be undone; its extra tag is the act


@dataclass
class Act:
    """What somebody does with one request. told: whether it has told anybody else."""

    by_id: int
    id: UUID = field(default_factory=uuid7)
    told: bool = False


_current: ContextVar[Act | None] = ContextVar("act", default=None)


def current_act() -> Act | None:
    """Return the act in which we are, or None: then nobody can undo what is told."""
    return _current.get()


@contextmanager
def act_of(person_id: int) -> Iterator[Act]:
    """Mark what others are told within the block as one act of this person."""
    act = Act(person_id)
    token = _current.set(act)
    try:
        yield act
    finally:
        _current.reset(token)


class OfferUndo:
    """Middleware: after an act that told others, offer to take that back."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or getattr(request, "person", None) is None:
            return self.get_response(request)
        with act_of(request.person.pk) as act:
            response = self.get_response(request)
        if act.told:
            _offer(request, act)
        return response


def _offer(request: HttpRequest, act: Act) -> None:
    """Say how many will be told, if what told them was committed."""
    if n := held_by(act.by_id, act.id).count():
        words = ngettext(
            "%(n)s person will be told in 30 seconds.",
            "%(n)s people will be told in 30 seconds.",
            n,
        )
        messages.add_message(request, UNDO, words % {"n": n}, extra_tags=act.id.hex)
