from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from schola.questions.question_types import question_types
from schola.questions.typed import Draft, parse, read, to_text

SAMPLES = Path(__file__).parent / "samples"

QUIZ = """What is the mean of 2, 4 and 9? (2 points)
* 5
- 4
? That is the median.
- 15
?? Add all values and divide by how many there are.

Which of these measure spread? (2, all or nothing)
[x] Range
[ ] Median

Half of all values lie below the median.
True

The middle value is called the …
= median
= the median

What is g?
= 9,81 ± 0,02 m/s²
"""


def test_each_kind_is_known_by_its_signs():
    drafts = parse(QUIZ)

    assert [draft.kind for draft in drafts] == [
        "choice",
        "multiple",
        "true_false",
        "short_text",
        "numeric",
    ]
    assert [draft.points for draft in drafts] == [2, 2, 1, 1, 1]
    assert drafts[0].body["options"][1]["feedback"] == "That is the median."
    assert drafts[0].body["feedback"].startswith("Add all values")
    assert drafts[1].body["scoring"] == "all"
    assert drafts[4].body | {"text": ""} == {
        "text": "",
        "answer": "9.81",
        "tolerance": "0.02",
        "kind": "nominal",
        "unit": "m/s²",
        "feedback": "",
    }


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("Why?", 1, "answers below"),
        ("Why?\n* A\n- B\n\nHow?\n- A\n- B", 5, "exactly one option"),
        ("Why?\n* A\nB", 3, "Begin an option"),
        ("Why?\n* A\n= B", 1, "one kind of answer"),
        ("Why? (0)\nTrue", 1, "more than 0 points"),
        ("Why? (2, shuffled)\n* A\n- B", 1, "After the points"),
        ("* A\n- B", 1, "above its answers"),
        ("Pi?\n= 3.14 ± little", 2, "tolerance as a number"),
        ("How many?\n= 1,000", 2, "may mean either"),
        ("Why?\nA) x\nB) y\nANSWER: D", 4, "one of the options after ANSWER"),
        ("Tell {}", 1, "assignment"),
        ("Match {=a -> b =c -> d}", 1, "one by one"),
    ],
)
def test_an_error_names_its_line_and_says_what_to_do(text, line, says):
    errors = read(text).errors

    assert [error.line for error in errors] == [line]
    assert says in str(errors[0])
    with pytest.raises(ValidationError, match=f"Line {line}: "):
        parse(text)


def test_a_tolerance_in_percent_is_a_share_of_the_answer():
    (draft,) = parse("How many?\n= 200 ± 5%")

    assert (draft.body["tolerance"], draft.body["kind"]) == ("0.05", "relative")
    assert "± 5.00%" in to_text([draft]) or "± 5%" in to_text([draft])


def test_what_can_be_read_is_kept_beside_the_errors():
    typed = read("Why?\n\n" + QUIZ)

    assert (len(typed.drafts), len(typed.errors)) == (5, 1)


def test_pasted_aiken_is_understood():
    drafts = parse((SAMPLES / "planets.aiken.txt").read_text())

    assert [draft.kind for draft in drafts] == ["choice", "choice"]
    assert [question_types["choice"].right_answer(draft.body) for draft in drafts] == [
        "Jupiter",
        "False",
    ]


def test_pasted_simple_gift_is_understood():
    drafts = parse((SAMPLES / "colours.gift.txt").read_text())

    assert [draft.kind for draft in drafts] == [
        "choice",
        "multiple",
        "numeric",
        "numeric",
        "short_text",
        "true_false",
        "choice",
    ]
    assert drafts[1].body["options"][1]["feedback"] == "No: {red} is far off."
    assert (drafts[3].body["answer"], drafts[3].body["tolerance"]) == ("3", "2")
    assert drafts[4].body["accepted"][1]["percent"] == 50
    assert drafts[6].body["text"] == "Two is _____ than three."


@pytest.mark.parametrize(
    ("text", "feedback"),
    [
        ("Water is wet. {T#Think of rain.#So it is.####See chapter 1.}",
         "See chapter 1.\nThink of rain.\nSo it is."),
        ("Two and two? {#4:0#Count your fingers.}", "Count your fingers."),
        ("One to five? {#1..5#Any of them.}", "Any of them."),
    ],
)  # fmt: skip
def test_what_gift_says_of_an_answer_is_kept_with_the_question(text, feedback):
    (draft,) = parse(text)

    assert draft.body["feedback"] == feedback


def test_gift_that_we_cannot_take_is_named_with_its_line():
    text = "Pi?\n{#=3.14:0.01 =%50%3:1}\n\nWrite.\n{}\n\nPairs {=a -> b =c -> d}"

    typed = read(text)

    assert [error.line for error in typed.errors] == [1, 4, 7]
    assert "Give one number" in str(typed.errors[0])


line = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"], include_characters=" "),
    min_size=1,
    max_size=30,
).filter(lambda text: text.strip())
SIGNS = ["{=a}", "\\{T}", "ANSWER: A", "=", "?", "(2)", "True", "* x", "[ ] y", "\\", "1", '"q"']
line = st.one_of(line, st.sampled_from(SIGNS))
text = st.lists(line, min_size=1, max_size=3).map("\n".join)
note = st.one_of(st.just(""), line)
points = st.decimals("0.01", "999", places=2).filter(lambda number: number > 0)
number = st.one_of(
    st.decimals("-9999", "9999", places=3).map(str),
    st.sampled_from(["1 000", "5 × 10^-3", "−2,5", "1e3", "1e40", ".5"]),
)


@st.composite
def drafts(draw):
    kind = draw(st.sampled_from(["choice", "multiple", "true_false", "short_text", "numeric"]))
    body = {"text": draw(text), "feedback": draw(st.one_of(st.just(""), text))}
    if kind in ("choice", "multiple"):
        texts = draw(st.lists(line, min_size=2, max_size=4, unique_by=_key))
        body["options"] = [{"text": each, "right": False, "feedback": draw(note)} for each in texts]
        body["options"][draw(st.integers(0, len(texts) - 1))]["right"] = True
        body["shuffle"] = draw(st.booleans())
    if kind == "multiple":
        body["scoring"] = draw(st.sampled_from(["partial", "all", "each"]))
    if kind == "true_false":
        body["answer"] = draw(st.booleans())
    if kind == "short_text":
        body["case"] = draw(st.booleans())
        body["accepted"] = [{"text": draw(line), "feedback": draw(note)}]
        body["accepted"] += [{"text": draw(line), "percent": draw(st.integers(0, 99))}]
    if kind == "numeric":
        body |= {"answer": draw(number), "unit": draw(st.sampled_from(["", "m/s²", "%", "km"]))}
        body["tolerance"] = draw(st.sampled_from(["0.05", "0.5", "2", "5e-3"]))
        body["kind"] = draw(st.sampled_from(["nominal", "relative", "geometric"]))
    return Draft(kind, question_types[kind].clean(body), draw(points))


def _key(text):
    return " ".join(text.split()).casefold()


@given(st.lists(drafts(), min_size=1, max_size=3))
def test_what_is_written_as_text_reads_back_the_same(made):
    again = parse(to_text(made))

    assert [(each.kind, each.body, each.points) for each in again] == [
        (each.kind, each.body, Decimal(each.points)) for each in made
    ]


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(anything):
    typed = read(anything)

    assert len(typed.drafts) + len(typed.errors) <= anything.count("\n") + anything.count("\r") + 40
