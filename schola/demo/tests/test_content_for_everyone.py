from pathlib import Path

import pytest

from schola.courses.accessibility import findings_in

CONTENT = Path(__file__).parents[1] / "content"
TEXTS = sorted(CONTENT.rglob("*.html"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_everyone_can_use_the_texts_of_the_demo_school(path):
    assert not list(findings_in(path.read_text(encoding="utf-8")))
