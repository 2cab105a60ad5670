"""In which organization we act, and what the database is told of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

SETTING = "schola.organization"  # what PostgreSQL is told; its policies read it
EVERYWHERE = 0  # in place of an organization's id

_current: ContextVar[int | None] = ContextVar("organization", default=None)


class NoOrganization(RuntimeError):
    """Somebody asked for rows before saying whose."""


def current_organization() -> int:
    """Return the id of the organization in which we act. Raises NoOrganization if none is set."""
    organization_id = _current.get()
    if not organization_id:
        raise NoOrganization("Say whose rows: `with acting_in(organization_id): …`.")
    return organization_id


def acts_everywhere() -> bool:
    return _current.get() == EVERYWHERE


def database_setting() -> str:
    """Return what a database is told of where we act: an id, "0" for everywhere, or nothing."""
    organization_id = _current.get()
    return "" if organization_id is None else str(organization_id)


@contextmanager
def acting_in(organization_id: int) -> Iterator[None]:
    """Act in this organization until the block ends."""
    token = _current.set(organization_id)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def everywhere() -> Iterator[None]:
    """Look over all organizations until the block ends. For the kernel and for migrations only."""
    token = _current.set(EVERYWHERE)
    try:
        yield
    finally:
        _current.reset(token)
