"""A quiz of three questions, and Ada who takes it."""

import pytest

from schola.courses.activity_types import activity_types

TEXT = """Which is even?
* 2
- 3

Half of 5?
= 2.5

Name of a mammal that flies?
= bat
"""


@pytest.fixture
def quiz(add):
    def make(**settings):
        form = activity_types["quiz"].settings_form({"questions": TEXT} | settings)
        assert form.is_valid(), form.errors
        rule = {"when": "passed", "fraction": 0.6}
        return add("quiz", points=10, config=form.cleaned_data, rule=rule)

    return make


@pytest.fixture
def taking(signed_in, ada, seat, quiz):
    """Ada has begun the quiz; return her browser and the address of the attempt."""
    item = quiz()
    browser = signed_in(ada)
    answer = browser.post(f"/courses/algebra/{item.key}/start")
    return browser, answer.headers["Location"]
