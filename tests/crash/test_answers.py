"""Answers that were acknowledged are there after kill -9, once."""

import asyncio
import sys
from argparse import Namespace
from typing import Any

import pytest

from tests.crash.conftest import Victim
from tests.tools.kill9_loop import Loop


def test_no_acknowledged_answer_is_lost_in_a_few_kills(make_victim, capsys):
    assert_nothing_lost(make_victim(5), Namespace(rounds=3, clients=5), capsys)


@pytest.mark.slow
def test_no_acknowledged_answer_is_lost_in_fifty_kills(make_victim, capsys):
    assert_nothing_lost(make_victim(20), Namespace(rounds=50, clients=20), capsys)


def assert_nothing_lost(victim: Victim, options: Namespace, capsys: Any) -> None:
    options.seed, options.sig, options.max_run, options.powercut = 1, "KILL", 1.5, None
    loop = Loop(config(victim), victim.server(), options)

    failed = asyncio.run(loop.run())

    said = capsys.readouterr().out
    with capsys.disabled():
        sys.stdout.write(f"\n{options.rounds} rounds, {options.clients} clients: {said}")
    assert not failed, said


def config(victim: Victim) -> dict[str, Any]:
    """Return what the loop needs: begin, write, hand in, and read back as JSON."""
    quiz = victim.where("exam", "quiz")
    attempt = quiz + "/attempt/{attempt}"
    # one value for all slots: the server reads that of the slot in the address
    form = {"rev": "{rev}", "q1": "{value}", "q2": "{value}", "q3": "{value}"}
    return victim.config | {
        "begin": {
            "method": "POST",
            "url": f"{quiz}/start",
            "form": {},
            "save": {"attempt": {"location": r"/attempt/(\d+)"}},
        },
        "write": {
            "method": "POST",
            "url": attempt + "/answers/{q}",
            "form": form,
            "questions": [1, 2, 3],
        },
        "final": {
            "method": "POST",
            "url": f"{attempt}/finish",
            "form": {},
            "headers": {"Idempotency-Key": "{key}"},
        },
        "read": {
            "method": "GET",
            "url": f"{attempt}/answers",
            "answers": "answers",
            "rev": "rev",
            "value": "value.text",
            "subs": "submissions",
        },
    }
