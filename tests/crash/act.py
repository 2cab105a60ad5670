"""What people do while the school is killed. Each act may be done again from its beginning.

An act has three parts. `do` is what a client sends; after a cut it sends all of it again, under
the same keys. `held` tells what of the acknowledged is missing after the restart, before anything
is sent again. `once` tells what is missing, double or half-written when everything has ended.
"""

from collections.abc import Iterator
from typing import ClassVar

from tests.crash.hand import Hand


class Act:
    """cuts: how many steps it has. seconds: how long a cut may wait after a step has begun."""

    cuts: ClassVar[int]
    seconds: ClassVar[float] = 0.06
    staff: ClassVar[bool] = False

    def do(self, hand: Hand) -> None:
        raise NotImplementedError

    def held(self, hand: Hand) -> Iterator[str]:
        raise NotImplementedError

    def once(self, hand: Hand) -> Iterator[str]:
        raise NotImplementedError
