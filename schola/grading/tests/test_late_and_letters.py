import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from schola.grading.engine.late import (
    LatePolicy,
    days_late,
    deduction,
    effective_due,
    missing_points,
    seconds_late,
)
from schola.grading.engine.letters import Letters
from schola.grading.engine.ratio import micro, rounded

ORACLES = Path(__file__).parents[3] / "tests/oracles"


def oracle(name):
    return json.loads((ORACLES / name).read_text(), parse_float=Decimal)


LATE = oracle("a07_late_policy.json")
LETTERS = oracle("a08_letters_rounding.json")
SECONDS = {"hour": 3_600, "day": 86_400}


@pytest.mark.parametrize("case", LATE["canvas_facts"], ids=str)
def test_each_interval_begun_costs_its_share_down_to_the_floor(case):
    policy = LatePolicy(Decimal(case["deduct"]), SECONDS[case["every"]], Decimal(case["down_to"]))

    taken = deduction(
        policy, Decimal(case["score"]), Decimal(case["possible"]), case["late_hours"] * 3_600
    )

    assert taken == Fraction(case["expect"])


def test_missing_work_keeps_what_the_deduction_leaves():
    assert missing_points(Decimal(100), Decimal(60)) == LATE["missing"][0]["points"]
    assert missing_points(Decimal(10), Decimal(60), pass_or_fail=True) == 0


@pytest.mark.parametrize("case", LATE["extensions"], ids=str)
def test_lateness_is_elapsed_time_and_extensions_keep_the_clock(case):
    zone, expected = ZoneInfo(case["tz"]), case["expected"]
    due = effective_due(
        datetime.fromisoformat(case["due_local"]), zone, case["extension_civil_days"]
    )
    handed_in = datetime.fromisoformat(case["submitted_utc"]).replace(tzinfo=UTC)

    late = seconds_late(due, handed_in, timedelta(minutes=case["grace_minutes"]))

    assert due == datetime.fromisoformat(expected["effective_due_utc"])
    assert late == expected["seconds_late"]
    assert -(-late // 86_400) == expected["intervals_elapsed_24h"]
    assert (days_late(due, handed_in, zone) if late else 0) == expected["intervals_calendar"]


@pytest.mark.parametrize("case", LETTERS["cases"], ids=lambda case: str(case["score"]))
def test_letters_look_at_the_exact_figure_unless_told_to_round(case):
    rows = tuple((name, Decimal(bound)) for name, bound in LETTERS["scheme"])
    score = Fraction(case["score"])

    assert Letters(rows).of(score) == case["letter_raw"]
    assert Letters(rows, round_to=0).of(score) == case["letter_after_round0"]
    assert str(rounded(score, 2)) == case["two_dec_half_up"]
    assert rounded(score, 0) == case["rounded_half_up_0"]


def test_a_scale_without_a_bottom_is_refused():
    with pytest.raises(ValueError, match="one of them 0"):
        Letters((("A", Decimal(50)),))


def test_more_than_six_decimals_are_refused():
    with pytest.raises(ValueError, match="six decimals"):
        micro(Decimal("0.1234567"))
