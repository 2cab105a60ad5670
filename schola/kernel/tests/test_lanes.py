import asyncio

import pytest

from schola.kernel.lanes import Lanes, TooManyWaiting


async def hold(lanes, lane, order, name, until=None):
    async with lanes.turn(lane):
        order.append(name)
        if until:
            await until.wait()


def test_a_save_goes_before_pages_and_pages_before_reports():
    async def story():
        lanes, order, until = Lanes(1), [], asyncio.Event()
        tasks = [asyncio.ensure_future(hold(lanes, "page", order, "first", until))]
        for lane in ("report", "page", "save"):
            await asyncio.sleep(0)
            tasks.append(asyncio.ensure_future(hold(lanes, lane, order, lane)))
        await asyncio.sleep(0)
        until.set()
        await asyncio.gather(*tasks)
        return order

    assert asyncio.run(story()) == ["first", "save", "page", "report"]


def test_reports_leave_a_thread_free():
    async def story():
        lanes, order, until = Lanes(2), [], asyncio.Event()
        tasks = [
            asyncio.ensure_future(hold(lanes, "report", order, f"report {n}", until))
            for n in range(2)
        ]
        await asyncio.sleep(0)
        await asyncio.wait_for(hold(lanes, "page", order, "page"), 1)
        until.set()
        await asyncio.gather(*tasks)
        return order

    assert asyncio.run(story()) == ["report 0", "page", "report 1"]


def test_a_full_lane_turns_pages_away_and_never_a_save():
    async def story():
        lanes, order, until = Lanes(1, {"page": 1}), [], asyncio.Event()
        tasks = [asyncio.ensure_future(hold(lanes, "page", order, n, until)) for n in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(TooManyWaiting):
            await hold(lanes, "page", order, "too many")
        tasks += [asyncio.ensure_future(hold(lanes, "save", order, "save")) for _ in range(500)]
        await asyncio.sleep(0)
        until.set()
        await asyncio.gather(*tasks)
        return order.count("save")

    assert asyncio.run(story()) == 500


@pytest.mark.parametrize("steps", range(4))
def test_who_goes_away_while_waiting_takes_no_thread_along(steps):
    async def story():
        lanes, order, until = Lanes(1), [], asyncio.Event()
        first = asyncio.ensure_future(hold(lanes, "page", order, "first", until))
        await asyncio.sleep(0)
        gone = asyncio.ensure_future(hold(lanes, "page", order, "gone"))
        await asyncio.sleep(0)
        until.set()
        for _ in range(steps):
            await asyncio.sleep(0)
        gone.cancel()
        await asyncio.gather(first, gone, return_exceptions=True)
        await asyncio.wait_for(hold(lanes, "page", order, "last"), 1)
        return lanes.free, order[-1]

    assert asyncio.run(story()) == (1, "last")
