"""What is written whatever becomes of the request: the count of failures outlives their undoing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_waiting: ContextVar[list[Callable[[], object]] | None] = ContextVar("waiting", default=None)


def regardless(work: Callable[[], object]) -> None:
    """Do the work now or, inside `outlived`, after it: then also if what is around is undone."""
    waiting = _waiting.get()
    if waiting is None:
        work()
    else:
        waiting.append(work)


@contextmanager
def outlived() -> Iterator[None]:
    """Hold back what is to be done regardless until what is inside was committed or undone."""
    waiting: list[Callable[[], object]] = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
        for work in waiting:
            work()
