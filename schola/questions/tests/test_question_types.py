"""The contract of every question type, whoever wrote it."""

import json
import re
from dataclasses import asdict, fields

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from schola.questions.question_types import Order, Shown, question_types
from schola.questions.rendering import render_question, render_review

SECRET = "a" * 40
ORDER = Order(SECRET)
every_type = pytest.mark.parametrize("kind", list(question_types), ids=lambda kind: kind.key)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 300) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "text", "right", "percent", "feedback"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)
KEYS = ["text", "options", "accepted", "answer", "tolerance", "unit", "kind", "scoring", "feedback"]


def sent_by(kind, body, response):
    """Return the form's data for this response, as the page would send it."""
    picked = response.get("picked", [])
    picked = [picked] if isinstance(picked, str) else picked
    values = [ORDER.token(each) for each in picked] or [response["text"]]
    return MultiValueDict({"q1": values})


def tried(what):
    """Return (what it gave, "") or (None, the sentence with which it refused)."""
    try:
        return what(), ""
    except ValidationError as error:
        return None, error.messages[0]


@every_type
def test_an_example_is_clean_after_one_cleaning(kind):
    body = kind.clean(kind.example)

    assert kind.clean(body) == body
    assert json.loads(json.dumps(body)) == body


@every_type
def test_the_right_response_earns_everything_and_none_earns_nothing(kind):
    body = kind.clean(kind.example)

    assert kind.mark(body, kind.right_response(body)).fraction == 1
    assert kind.mark(body, {}).fraction == 0
    assert kind.right_answer(body)


@every_type
def test_the_right_answer_survives_the_form(kind):
    body = kind.clean(kind.example)
    response = kind.right_response(body)

    again = kind.parse(body, sent_by(kind, body, response), "q1", ORDER)

    assert again == response
    assert json.loads(json.dumps(again)) == again


@every_type
def test_no_answer_is_an_empty_response(kind):
    body = kind.clean(kind.example)

    assert kind.parse(body, QueryDict(""), "q1", ORDER) == {}
    assert kind.parse(body, QueryDict("q1="), "q1", ORDER) == {}
    assert kind.describe_response(body, {}) == ""


@every_type
@pytest.mark.parametrize("value", ["nonsense", "\0", "x" * 20_000, "1e99999", "-", "9" * 400])
def test_what_no_form_can_send_is_refused_or_marked(kind, value):
    body = kind.clean(kind.example)

    response, refused = tried(
        lambda: kind.parse(body, MultiValueDict({"q1": [value, value]}), "q1", ORDER)
    )

    assert refused.endswith(".") or 0 <= kind.mark(body, response).fraction <= 1


@every_type
@given(body=st.dictionaries(st.sampled_from(KEYS), anything, max_size=9))
def test_any_body_is_cleaned_or_refused_with_a_sentence(kind, body):
    cleaned, refused = tried(lambda: kind.clean({**kind.example, **body}))

    if cleaned is None:
        assert refused.endswith(".")
        return
    assert kind.clean(cleaned) == cleaned
    assert kind.mark(cleaned, kind.right_response(cleaned)).fraction == 1


def test_what_a_learner_is_shown_has_no_place_for_an_answer():
    assert [field.name for field in fields(Shown)] == [
        "text",
        "options",
        "many",
        "given",
        "unit",
    ]


@every_type
@pytest.mark.usefixtures("_templates")
def test_neither_data_nor_page_give_the_answer_away(kind):
    right = kind.clean(kind.example)
    page = render_question(kind, right, "q1", ORDER, {})
    data = json.dumps(asdict(kind.shown(right, ORDER, {})))

    for word in ("right", "correct", "feedback", "percent", "tolerance"):
        assert word not in data
        assert word not in page
    if not kind.shown(right, ORDER, {}).options:
        assert kind.right_answer(right) not in page
    for option in right.get("options", ()):
        assert f'"{option["id"]}"' not in page


@every_type
@pytest.mark.usefixtures("_templates")
def test_the_page_keeps_what_was_answered(kind):
    body = kind.clean(kind.example)
    response = kind.right_response(body)

    page = render_question(kind, body, "q1", ORDER, response)

    assert "checked" in page or f'value="{response["text"]}"' in page
    assert page.count('name="q1"') == max(1, len(kind.shown(body, ORDER, {}).options))
    assert "style=" not in page


@every_type
@pytest.mark.usefixtures("_templates")
def test_a_review_says_in_words_whether_it_was_right(kind):
    body = kind.clean({**kind.example, "feedback": "Because <b> & so."})

    good = render_review(kind, body, ORDER, kind.right_response(body), show_right=True)
    bad = render_review(kind, body, ORDER, {}, show_right=True)
    hidden = render_review(kind, body, ORDER, {}, show_right=False)

    assert "Right." in good
    assert "Because &lt;b&gt; &amp; so." in good
    assert "Not right." in bad
    assert "right answer" in bad
    assert "right answer" not in hidden
    assert re.findall(r'class="answer[^"]*(?:right|wrong)', good)


def test_names_and_order_of_options_are_those_of_the_attempt():
    kind = question_types["choice"]
    body = kind.clean(
        {"text": "?", "options": [{"text": str(n), "right": n == 3} for n in range(8)]}
    )

    one, same, other = (kind.shown(body, Order(seed), {}) for seed in ("a", "a", "b"))

    assert one == same
    assert [each.text for each in one.options] != [each.text for each in other.options]
    assert not {each.token for each in one.options} & {each.token for each in other.options}


def test_a_token_of_another_attempt_is_refused():
    kind = question_types["choice"]
    body = kind.clean(kind.example)
    stranger = Order("other").token("o1")

    with pytest.raises(ValidationError, match="Choose again"):
        kind.parse(body, MultiValueDict({"q1": [stranger]}), "q1", ORDER)
