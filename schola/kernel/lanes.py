"""Who goes first when all threads are busy: saves, then pages, then reports.

Only asyncio, no Django: one `Lanes` per process, used on its event loop.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

ORDER = ("save", "page", "report")
WAITING = {"page": 200, "report": 20}  # requests that may wait in this process; saves: no limit


class TooManyWaiting(Exception):
    """This lane is full: come back later. Never raised for a save."""


class Lanes:
    """A number of threads, given to those who wait in the order of the lanes.

    Reports leave one thread free for the others, unless there is only one.
    """

    def __init__(self, threads: int, waiting: dict[str, int] = WAITING) -> None:
        self.free = threads
        self.limits = waiting
        self.reports_left = max(1, threads - 1)
        self.queues: dict[str, deque[asyncio.Future]] = {lane: deque() for lane in ORDER}

    @asynccontextmanager
    async def turn(self, lane: str) -> AsyncIterator[None]:
        """Wait for a thread and hold it until the block ends. Raises TooManyWaiting."""
        await self._take(lane)
        try:
            yield
        finally:
            self._give_back(lane)

    async def _take(self, lane: str) -> None:
        if self._may_go(lane) and not self._somebody_before(lane):
            self._go(lane)
            return
        queue = self.queues[lane]
        if len(queue) >= self.limits.get(lane, 1 << 30):
            raise TooManyWaiting(lane)
        place = asyncio.get_running_loop().create_future()
        queue.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self._give_back(lane)  # the turn came in the moment in which nobody wanted it
            elif place in queue:
                queue.remove(place)
            raise

    def _give_back(self, lane: str) -> None:
        self.free += 1
        if lane == "report":
            self.reports_left += 1
        for name in ORDER:
            queue = self.queues[name]
            while queue and self._may_go(name):
                place = queue.popleft()
                if not place.done():
                    self._go(name)
                    place.set_result(None)

    def _may_go(self, lane: str) -> bool:
        return self.free > 0 and (lane != "report" or self.reports_left > 0)

    def _somebody_before(self, lane: str) -> bool:
        """Tell whether somebody waits in this lane or in one that goes first."""
        return any(self.queues[name] for name in ORDER[: ORDER.index(lane) + 1])

    def _go(self, lane: str) -> None:
        self.free -= 1
        if lane == "report":
            self.reports_left -= 1
