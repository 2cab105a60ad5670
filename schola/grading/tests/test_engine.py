import json
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schola.grading.engine import Category, Fact, Item, LatePolicy, Scheme, Score, explain, settle

ORACLE = Path(__file__).parents[3] / "tests/oracles/a03_grade_aggregation.json"
CASES = json.loads(ORACLE.read_text(), parse_float=Decimal)["cases"]
OURS = {
    "wmean": "weighted",
    "wmean_simple": "points",
    "natural": "sum",
    "mean_extra": "mean",
    "min": "lowest",
    "max": "highest",
}
points = st.integers(0, 40)


def scheme_of(case):
    extras = case["method"] in ("wmean_simple", "natural", "mean_extra")
    items = tuple(
        Item(
            f"i{n}",
            Decimal(row["max"]),
            Decimal(row["min"]),
            weight=Decimal(row["coef"]),
            extra=extras and row["coef"] > 0,
        )
        for n, row in enumerate(case["items"])
    )
    options = case["options"]
    return Scheme(
        Category(
            "all",
            items,
            OURS.get(case["method"], case["method"]),
            only_graded=options.get("only_graded", True),
            drop_lowest=options.get("droplow", 0),
            keep_highest=options.get("keephigh"),
        )
    )


def facts_of(case):
    return {
        f"i{n}": Fact(
            scores=() if row["grade"] is None else (Score(Decimal(row["grade"])),),
            excused=row.get("excluded", False),
        )
        for n, row in enumerate(case["items"])
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_engine_agrees_with_the_oracle(case):
    total = settle(scheme_of(case), facts_of(case)).total

    if case["expected"] is None:
        assert total.fraction is None
        return
    assert float(total.raw.value) == pytest.approx(float(case["expected"]["fraction"]), abs=1e-12)
    assert float(total.points) == pytest.approx(float(case["expected"]["grade"]), abs=1e-10)
    assert total.maximum == case["expected"]["catmax"] * 10**6


def quizzes(scores, **options):
    items = tuple(Item(f"q{n}", Decimal(maximum)) for n, (_, maximum) in enumerate(scores))
    facts = {f"q{n}": Fact.of(score) for n, (score, _) in enumerate(scores)}
    return Scheme(Category("all", items, **options)), facts


def test_a_third_is_exact():
    scheme, facts = quizzes([(1, 3), (1, 3), (1, 3)], method="mean")

    assert settle(scheme, facts).total.fraction.value == Fraction(1, 3)


@pytest.mark.parametrize(
    ("policy", "expected"), [("best", 9), ("last", 6), ("first", 3), ("average", 6)]
)
def test_the_policy_says_which_attempt_counts(policy, expected):
    scheme = Scheme(Category("all", (Item("quiz", Decimal(10), policy=policy),), "sum"))
    fact = Fact(tuple(Score(Decimal(each)) for each in (3, 9, 6)))

    assert settle(scheme, {"quiz": fact}).total.points == expected


def test_the_best_attempt_is_the_best_after_lateness():
    scheme = Scheme(Category("all", (Item("essay", Decimal(100)),), "sum"), LatePolicy(Decimal(20)))
    fact = Fact((Score(Decimal(80)), Score(Decimal(90), late_seconds=5)))

    assert settle(scheme, {"essay": fact}).total.points == 80


def test_missing_work_earns_what_the_policy_says():
    scheme, _ = quizzes([(0, 10), (0, 10)], method="sum")
    scheme = Scheme(scheme.root, missing_fraction=Decimal("0.4"))

    settled = settle(scheme, {"q0": Fact(missing=True), "q1": Fact(missing=True, excused=True)})

    assert (settled.total.points, settled.cells["q1"].state) == (4, "excused")


def test_an_override_of_a_category_replaces_what_its_items_say():
    inner = Category("homework", (Item("h", Decimal(10)),))
    scheme = Scheme(Category("all", (inner, Item("exam", Decimal(10))), "mean"))

    facts = {"h": Fact.of(2), "exam": Fact.of(10), "homework": Fact(override=Decimal(50))}

    assert settle(scheme, facts).total.percent() == Decimal("75.00")


def test_categories_weigh_what_they_are_given():
    inner = Category("homework", (Item("h", Decimal(10)),), weight=Decimal(30))
    exams = Category("exams", (Item("exam", Decimal(10)),), weight=Decimal(70))
    scheme = Scheme(Category("all", (inner, exams), "weighted"))

    assert settle(scheme, {"h": Fact.of(8), "exam": Fact.of(9)}).total.percent() == Decimal("87.00")
    assert settle(scheme, {"h": Fact.of(8)}).total.percent() == Decimal("80.00")


@given(st.lists(st.tuples(points, st.integers(1, 40)), min_size=2, max_size=7), st.integers(1, 3))
def test_dropping_by_points_finds_the_best_of_all_choices(pairs, count):
    pairs = [(min(score, top), top) for score, top in pairs]
    count = min(count, len(pairs) - 1)
    scheme, facts = quizzes(pairs, method="sum", drop_lowest=count)

    best = max(
        Fraction(sum(score for score, _ in kept), sum(top for _, top in kept))
        for kept in combinations(pairs, len(pairs) - count)
    )

    assert settle(scheme, facts).total.fraction.value == best


@given(
    st.lists(st.tuples(points, st.integers(1, 40)), min_size=1, max_size=9),
    st.sampled_from(["mean", "points", "sum", "median", "lowest", "highest", "mode"]),
    st.integers(0, 2),
)
def test_the_lines_of_an_explanation_add_up_to_the_grade(pairs, method, drop):
    scheme, facts = quizzes(pairs, method=method, drop_lowest=drop, capped=False)

    trace = explain(scheme, facts, "all")

    if trace.fraction is not None:
        assert sum(child.contribution for child in trace.children) == trace.fraction
    assert trace.fraction == (settle(scheme, facts).total.raw or Nothing).value


class Nothing:
    value = None


@given(
    st.lists(points, min_size=2, max_size=9),
    st.integers(0, 8),
    st.sampled_from(["mean", "points", "sum"]),
)
def test_a_better_mark_never_lowers_the_total(scores, raised, method):
    scheme, facts = quizzes([(score, 40) for score in scores], method=method, drop_lowest=1)
    key = f"q{raised % len(scores)}"
    better = {**facts, key: Fact.of(40)}

    assert settle(scheme, better).total.points >= settle(scheme, facts).total.points


def test_two_columns_of_one_key_are_refused():
    with pytest.raises(ValueError, match="key of its own"):
        Scheme(Category("a", (Item("a", Decimal(1)),)))
