"""What the how-to page shows is run as it stands there."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template import engines

from schola.courses.activity_types import Visit, activity_types
from schola.records.actions import record
from schola.records.models import Progress, Statement

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "add-an-activity-type.md"
BLOCK = re.compile(r"```(python|django)\n(.*?)```", re.S)


@pytest.fixture
def written():
    """Register the type of the page for one test; return the text of its template."""
    blocks = dict(BLOCK.findall(PAGE.read_text(encoding="utf-8")))
    exec(compile(blocks["python"], str(PAGE), "exec"), {"__name__": "reflection"})
    yield blocks["django"]
    del activity_types._plugins["reflection"]


@pytest.fixture
def visit(written, add, seat):
    activity = add("reflection")
    return Visit(activity, activity_types["reflection"].example, seat.person_id, seat.pk)


def test_the_type_shows_what_its_author_wrote(written, visit):
    shown = engines["django"].from_string(written)

    html = shown.render({"visit": visit, **activity_types["reflection"].show(visit)})

    assert "What do you take with you?" in html
    assert 'name="thought"' in html


def test_what_the_learner_sends_finishes_the_activity(visit, seat):
    result = activity_types["reflection"].act(visit, QueryDict("thought=That+means+mislead"))

    record(seat.pk, visit.activity.pk, result)

    assert Progress.objects.get().finished_at
    assert Statement.objects.get(verb="answered").response == {"thought": "That means mislead"}


def test_nothing_is_refused_with_a_sentence(visit):
    with pytest.raises(ValidationError, match="Write a sentence"):
        activity_types["reflection"].act(visit, QueryDict("thought="))


def test_its_settings_form_takes_the_example(written):
    kind = activity_types["reflection"]

    assert kind.settings_form(kind.example).is_valid()
