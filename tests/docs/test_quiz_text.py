"""What the reference shows of the notation is what the program reads."""

import re
from pathlib import Path

import pytest

from schola.questions.typed import parse

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "quiz-text.md"
EXAMPLES = re.findall(r"```quiz\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: text.partition("\n")[0][:30])
def test_every_example_is_read_without_a_fault(text):
    assert len(parse(text)) == 1


def test_the_page_shows_every_type_of_question():
    kinds = {parse(text)[0].kind for text in EXAMPLES}

    assert kinds == {"choice", "multiple", "true_false", "short_text", "numeric"}
