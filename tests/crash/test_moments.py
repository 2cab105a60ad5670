"""The journey, killed at seeded moments: what was acknowledged is there once, every job ends."""

import asyncio
import random
import sys
import threading
import time
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.crash.act import Act
from tests.crash.conftest import Victim
from tests.crash.hand import Hand
from tests.crash.learner_acts import EarnCertificate, HandIn, RunPackage, SubmitQuiz
from tests.crash.staff_acts import (
    ImportPeople,
    PublishCourse,
    SendPackage,
    Transcode,
    UploadInPieces,
)
from tests.e2e.live import rows
from tests.tools.kill9_loop import Server

ACTS: list[type[Act]] = [
    ImportPeople, SubmitQuiz, Transcode, RunPackage, EarnCertificate, UploadInPieces, HandIn,
    PublishCourse, SendPackage,
]  # fmt: skip
SETTLED_SECONDS = 120  # leases of 30 s run out, what failed once waits 15 s
UNFINISHED = "state IN ('waiting', 'running') AND run_at < '2100-01-01'"


@dataclass(frozen=True)
class Moment:
    """When the school is killed: so long after this step of this act has begun."""

    seed: int
    act: Act
    step: int
    seconds: float

    def __str__(self) -> str:
        name = type(self.act).__name__
        return f"seed {self.seed}: {name}, {self.seconds:.3f} s after step {self.step} began"


def moment(seed: int) -> Moment:
    """Return the moment of a seed, the same each time."""
    chance = random.Random(seed)
    act = ACTS[seed % len(ACTS)]()
    return Moment(seed, act, chance.randint(1, act.cuts), chance.uniform(0, act.seconds))


def test_what_was_acknowledged_at_six_moments_is_there_once(make_victim, capsys):
    assert_all_there(make_victim(6), range(6), capsys)


@pytest.mark.slow
def test_what_was_acknowledged_at_thirty_moments_is_there_once(make_victim, capsys):
    assert_all_there(make_victim(30), range(30), capsys)


def assert_all_there(victim: Victim, seeds: range, capsys: Any) -> None:
    server = victim.server()
    asyncio.run(server.start())
    faults, hands = [], []
    try:
        for seed in seeds:
            here = moment(seed)
            hand = hand_of(victim, here)
            hands.append((here, hand))
            faults += [f"{here}: {fault}" for fault in cut_and_retry(server, here, hand)]
        faults += jobs_left(victim)
        faults += [f"{here}: {fault}" for here, hand in hands for fault in here.act.once(hand)]
    finally:
        server.stop()
        for _here, hand in hands:
            hand.close()
    with capsys.disabled():
        sys.stdout.write(f"\n{len(hands)} moments, seeds {seeds}: {len(faults)} faults\n")
    assert not faults, "\n".join(faults)


def hand_of(victim: Victim, here: Moment) -> Hand:
    who = "omar" if here.act.staff else f"learner{here.seed + 1}"
    return Hand(victim, f"{who}@crash.example", f"tag{here.seed:02d}", here.step)


def cut_and_retry(server: Server, here: Moment, hand: Hand) -> list[str]:
    """Kill the school in the middle of the act, start it, look, and send all of it again."""
    wrong: list[BaseException] = []
    client = threading.Thread(target=attempt, args=(here.act, hand, wrong))
    client.start()
    hand.begun.wait(30)
    time.sleep(here.seconds)
    hand.gone.set()
    server.die("KILL")
    client.join(30)
    hand.gone.clear()
    asyncio.run(server.start())
    faults = [f"before the cut: {error}" for error in wrong]
    faults += [f"after the restart: {fault}" for fault in here.act.held(hand)]
    here.act.do(hand)
    return faults


def attempt(act: Act, hand: Hand, wrong: list[BaseException]) -> None:
    """Do it until the school is gone; keep what went wrong otherwise."""
    try:
        act.do(hand)
    except httpx.HTTPError:
        return
    except Exception as error:
        wrong.append(error)


def jobs_left(victim: Victim) -> list[str]:
    """Wait until no job is waiting or running; tell which do not end, and the dead letters."""
    until = time.monotonic() + SETTLED_SECONDS
    query = f"SELECT name, state, tries FROM kernel_job WHERE {UNFINISHED}"
    while (left := rows(victim.live.database, query)) and time.monotonic() < until:
        time.sleep(0.5)
    dead = rows(victim.live.database, "SELECT name, error FROM kernel_job WHERE state = 'failed'")
    return [f"a job does not end: {job}" for job in left] + [f"dead letter: {job}" for job in dead]
