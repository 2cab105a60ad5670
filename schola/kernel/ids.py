"""Names that nobody can guess and that sort by the time they were made."""

import os
import secrets
import time
from uuid import UUID

# No vowels, so that chance writes no words; no 0, 1, l, o, so that people can read them out.
LETTERS = "23456789bcdfghjkmnpqrstvwxz"


def uuid7() -> UUID:
    """Return a UUID whose order is the order of making, to the millisecond.

    Source: RFC 9562, section 5.7.
    """
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def item_key() -> str:
    """Return 8 random characters with at least one digit: the address of an item in its course.

    The digit keeps it apart from the words that are addresses below a course ("people", "edit").
    """
    while True:
        key = "".join(secrets.choice(LETTERS) for _ in range(8))
        if any(character.isdigit() for character in key):
            return key


def new_version() -> int:
    """Return a number that names one state of a row, in no order, and never comes again.

    A counter would not do: what a transaction that is rolled back had let a process keep under
    "version 8" would be taken for the version 8 that somebody else commits later.
    """
    return time.time_ns()
