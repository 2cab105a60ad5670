"""Every page as every role, in both themes, at both widths: too long for bin/test.

E2E_PART=2/8 sees the second of eight parts: each eighth page of a role, beginning at the second.
"""

import os

import pytest

from tests.e2e.eyes import ALL_MODES
from tests.e2e.test_gates import PAGES, address, people

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PART, PARTS = map(int, os.environ.get("E2E_PART", "1/1").split("/"))
VISITS = [(row, who) for row in PAGES for who in people(row)]
states: list[str] = []  # what was looked at, for the count at the end


@pytest.mark.parametrize(
    ("row", "who"), VISITS[PART - 1 :: PARTS], ids=lambda each: getattr(each, "path", each)
)
def test_the_page_is_as_it_should_be_for_each_role_theme_and_width(row, who, eyes_of, schools):
    path = address(row, schools)

    faults = []
    for mode in ALL_MODES:
        seen = eyes_of(who, mode).look(path, row.ok, again=False)
        states.append(f"{mode} {who} {path}")
        faults += [f"{mode}: {fault}" for fault in seen.faults]

    assert not faults, "\n".join(faults)


def test_how_many_states_were_seen(capsys):
    with capsys.disabled():
        print(f"\n{len(VISITS)} visits in {PARTS} parts, {len(states)} states seen in part {PART}")  # noqa: T201

    assert len(states) == len(ALL_MODES) * len(VISITS[PART - 1 :: PARTS])
