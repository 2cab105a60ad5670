"""Conditions on activities that learners do not see keep nobody out."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from schola.courses.conditions import Learner, lock_reason
from schola.courses.structure import ActivityFacts, ModuleFacts, Structure
from schola.kernel import clock

SEEN, DRAFT, GONE = 1, 2, 99
A, B, C = ({"kind": "completion", "activity": pk} for pk in (SEEN, DRAFT, GONE))


def facts(pk, published):
    rest = (pk, Decimal(1), None, True, {}, None, None, published, pk)
    return ActivityFacts(pk, 1, str(pk), "page", f"Title {pk}", *rest)


STRUCTURE = Structure(1, 1, (ModuleFacts(1, None, "M", 0, None, (facts(1, 1), facts(2, None)), 1),))


@pytest.mark.parametrize(
    ("tree", "locked"),
    [
        (A, True),
        (B, False),
        (C, False),
        ({"not": C}, False),
        ({"kind": "grade", "activity": GONE, "fraction": 0.5}, False),
        ({"all": [A, B, C]}, True),
        ({"any": [A, C]}, False),
        ({"not": {"all": [{"not": A}, C]}}, False),
        ({"not": {"any": [{"not": A}, C]}}, True),
    ],
)
def test_what_learners_do_not_see_keeps_nobody_out(tree, locked):
    reason = lock_reason([tree], Learner(clock.now()), STRUCTURE)
    assert bool(reason) is locked
    assert "Title 2" not in reason


@pytest.mark.parametrize(("count", "end"), [(4, "you finish “Title 4”"), (9, "6 more")])
def test_a_long_list_of_conditions_is_cut(count, end):
    activities = {n: SimpleNamespace(title=f"Title {n}", published_id=n) for n in range(1, 10)}
    tree = {"all": [{"kind": "completion", "activity": n} for n in range(1, count + 1)]}

    reason = lock_reason([tree], Learner(clock.now()), SimpleNamespace(by_id=activities))

    assert reason.endswith(f" and {end}")
