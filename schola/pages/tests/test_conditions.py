"""Conditions as an author writes them, row by row, and as a learner meets them."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from schola.courses.models import Activity
from schola.pages.conditions import rows_of, tree_of

FORM = "application/x-www-form-urlencoded"


def form(*rows, **joints):
    """Return what the form sends. A row is group, kind, activity, percent, at."""
    data = QueryDict(mutable=True)
    for row in rows:
        for name, value in zip(
            ("group", "kind", "activity", "percent", "at"), row, strict=True
        ):  # fmt: skip
            data.appendlist(name, str(value))
    for name, value in joints.items():
        data[name.replace("_", "-")] = value
    return data


def test_groups_become_a_tree_and_come_back_as_rows():
    data = form(
        (1, "completion", 7, "", ""),
        (1, "grade", 8, "75", ""),
        (2, "not-completion", 9, "", ""),
        (2, "until", "", "", "2027-01-31T12:00"),
        join="all", join_1="any", join_2="all",
    )  # fmt: skip

    tree = tree_of(data)

    any_of = [
        {"kind": "completion", "activity": 7},
        {"kind": "grade", "activity": 8, "fraction": 0.75},
    ]
    assert tree["all"][0] == {"any": any_of}
    assert tree["all"][1]["all"][0] == {"not": {"kind": "completion", "activity": 9}}
    assert tree["all"][1]["all"][1]["not"]["kind"] == "date"
    join, joints, rows = rows_of(tree)
    assert (join, joints) == ("all", {1: "any", 2: "all"})
    assert [row["kind"] for row in rows] == ["completion", "grade", "not-completion", "until"]
    assert rows[1]["percent"] == 75
    assert rows[3]["at"] == "2027-01-31T12:00"


def test_what_the_interface_wrote_before_is_shown():
    leaves = [{"kind": "completion", "activity": n} for n in range(1, 7)]

    assert rows_of(None) == ("all", {}, [])
    assert [row["group"] for row in rows_of({"all": [{"any": leaves}]})[2]] == [1] * 6
    assert len(rows_of({"all": leaves})[2]) == 6
    assert rows_of({"all": [{"any": [{"all": leaves}, leaves[0]]}]}) is None


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((1, "completion", "", "", ""), "Choose the activity"),
        ((1, "grade", 3, "", ""), "Write the grade"),
        ((1, "completion", "²", "", ""), "Choose the activity"),
        ((1, "grade", 3, "²", ""), "Write the grade"),
        ((1, "grade", 3, "9" * 30, ""), "Write the grade"),
        ((1, "from", "", "", "tomorrow"), "Write the date"),
        ((1, "from", "", "", "2026-02-30T10:00"), "Write the date"),
        ((1, "from", "", "", "0001-01-01T00:00+14:00"), "Write the date"),
    ],
)
def test_a_row_with_a_gap_is_refused(row, words):
    with pytest.raises(ValidationError, match=words):
        tree_of(form(row))


def test_a_row_can_be_added_without_a_script(signed_in, tove, add):
    page, other = add("page"), add("page", title="Other")
    url, author = f"/courses/algebra/{page.key}/conditions", signed_in(tove)
    data = form((1, "completion", other.pk, "", ""))
    data["more"] = "1"

    text = author.post(url, data.dict() | {"more": "1"}).text

    assert "Condition 2" in text
    assert Activity.objects.get(pk=page.pk).prerequisites is None


def test_a_condition_too_many_is_refused_and_nothing_typed_is_lost(signed_in, tove, add):
    page, other = add("page"), add("page", title="Other")
    url, author = f"/courses/algebra/{page.key}/conditions", signed_in(tove)

    answer = author.post(url, form(*[(1, "completion", other.pk, "", "")] * 41).urlencode(), FORM)

    assert answer.status_code == 422
    assert "There can be at most 40 conditions." in answer.text
    assert "Condition 41" in answer.text
    assert Activity.objects.get(pk=page.pk).prerequisites is None


def test_no_more_rows_are_offered_than_there_can_be(signed_in, tove, add):
    page, other = add("page"), add("page", title="Other")
    url, author = f"/courses/algebra/{page.key}/conditions", signed_in(tove)
    rows = [(1, "completion", other.pk, "", "")] * 39

    fortieth = author.post(url, form(*rows, more="1").urlencode(), FORM).text
    beyond = author.post(url, form(*rows, rows[0], more="1").urlencode(), FORM).text

    for shown in (fortieth, beyond):
        assert "Condition 40" in shown
        assert "Condition 41" not in shown
        assert 'name="more"' not in shown
        assert "as many conditions as there can be" in shown


def test_the_learner_reads_what_is_missing(signed_in, tove, ada, seat, add):
    page, quiz = add("page"), add("quiz", points=10, title="Quiz 1")
    data = form((1, "grade", quiz.pk, "80", ""), (1, "completion", quiz.pk, "", ""), join_1="any")
    body = data.urlencode()

    answer = signed_in(tove).post(f"/courses/algebra/{page.key}/conditions", body, FORM)
    text = signed_in(ada).get(f"/courses/algebra/{page.key}").text

    assert answer.status_code == 302
    assert "Opens when you reach 80% in “Quiz 1” or you finish “Quiz 1”" in text


def test_activities_that_wait_for_one_another_are_refused(signed_in, tove, add):
    one, two = add("page", title="One"), add("page", title="Two")
    author = signed_in(tove)
    row = {"group": "1", "percent": "", "at": ""}

    author.post(
        f"/courses/algebra/{one.key}/conditions", row | {"kind": "completion", "activity": two.pk}
    )
    answer = author.post(
        f"/courses/algebra/{two.key}/conditions",
        row | {"kind": "grade", "activity": one.pk, "percent": "50"},
    )

    assert answer.status_code == 422
    assert "would wait for one another" in answer.text
    assert "Condition 1" in answer.text
