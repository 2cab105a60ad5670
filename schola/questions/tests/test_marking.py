import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schola.questions.question_types import question_types
from schola.questions.types.numeric.numbers import read
from schola.questions.types.short_text.patterns import fits

ORACLE = Path(__file__).parents[3] / "tests/oracles/a14_item_scoring.json"
CASES = json.loads(ORACLE.read_text(), parse_float=Decimal)
SCORINGS = {
    "partial": "canvas_partial_with_penalty",
    "all": "all_or_nothing",
    "each": "each_option",
}


@pytest.mark.parametrize("case", CASES["multi"], ids=lambda case: "".join(case["chosen"]) or "none")
@pytest.mark.parametrize("scoring", SCORINGS)
def test_picks_earn_what_the_scoring_says(case, scoring):
    kind = question_types["multiple"]
    options = [
        {"id": each, "text": each, "right": each in case["correct"]} for each in case["options"]
    ]
    body = kind.clean({"text": "?", "options": options, "scoring": scoring})

    mark = kind.mark(body, {"picked": case["chosen"]} if case["chosen"] else {})

    expected = case[SCORINGS[scoring]] if case["chosen"] else 0
    assert mark.fraction * case["points"] == Fraction(expected)


@pytest.mark.parametrize("case", CASES["numeric"], ids=lambda case: f"{case['given']}")
def test_a_number_is_right_within_its_tolerance_and_at_its_ends(case):
    kind = question_types["numeric"]
    body = kind.clean(
        {"text": "?", "answer": case["answer"], "tolerance": case["tol"], "kind": case["kind"]}
    )

    assert kind.mark(body, {"text": case["given"]}).fraction == int(case["ok"])


@pytest.mark.parametrize(
    ("written", "readings", "unit"),
    [
        ("3.14", ["3.14"], ""),
        ("3,14", ["3.14"], ""),
        ("1 000,5", ["1000.5"], ""),
        ("1.000,5", ["1000.5"], ""),
        ("1,000.5", ["1000.5"], ""),
        ("1,234", ["1.234", "1234"], ""),
        ("1,234,567", ["1234567"], ""),
        ("−5", ["-5"], ""),
        ("1e3", ["1000"], ""),
        ("5 × 10^-3", ["0.005"], ""),
        (".5", ["0.5"], ""),
        ("9.81 m/s²", ["9.81"], "m/s²"),
        ("1'000", ["1000"], ""),
        ("1,2,3", [], ""),
        ("1.2.3", [], ""),
        ("..", [], ""),
        ("abc", [], ""),
        ("1e400", [], ""),
    ],
)
def test_numbers_are_read_as_people_write_them(written, readings, unit):
    assert read(written) == (tuple(Fraction(each) for each in readings), unit)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_numbers(text):
    assert len(read(text)[0]) <= 2


@pytest.mark.parametrize(
    ("given", "fraction"), [("9.8 m/s2", 1), ("9.8 m s", 0), ("9,8", 1), ("9.9", 0)]
)
def test_a_unit_may_be_written_but_not_another_one(given, fraction):
    kind = question_types["numeric"]
    body = kind.clean({"text": "?", "answer": "9.81", "tolerance": "0.02", "unit": "m/s²"})

    assert kind.mark(body, {"text": given}).fraction == fraction


@pytest.mark.parametrize(
    ("pattern", "given", "case", "expected"),
    [
        ("Median", "  mEdIaN ", False, True),
        ("Median", "median", True, False),
        ("the median", "the   median", False, True),
        ("don't", "don’t", False, True),
        ("straße", "STRASSE", False, True),
        ("é", "e\u0301", False, True),
        ("*median*", "It is the median!", False, True),
        ("lower*quartile", "lower quartile", False, True),
        ("lower*quartile", "lower quart", False, False),
        ("a*a", "a", False, False),
        ("*", "", False, True),
        (r"2\*3", "2*3", False, True),
        (r"2\*3", "2x3", False, False),
    ],
)
def test_short_text_folds_what_makes_no_difference(pattern, given, case, expected):
    assert fits(pattern, given, case=case) is expected


def test_a_hostile_pattern_takes_no_time():
    assert not fits("*a" * 2_000 + "b", "a" * 500)


def test_the_first_accepted_answer_that_fits_decides():
    kind = question_types["short_text"]
    body = kind.clean(kind.example)

    mark = kind.mark(body, {"text": "the upper quartile"})

    assert (mark.fraction, mark.feedback, mark.verdict) == (
        Fraction(1, 2),
        "Which of the three quartiles?",
        "partly",
    )
