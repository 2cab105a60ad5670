"""What is compiled once and joined is what the templates say, line by line."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from schola.completion.conditions import conditions
from schola.courses.actions import set_prerequisites
from schola.courses.activity_types import activity_types
from schola.pages.needs import need, needs
from schola.pages.outline import outline
from schola.pages.state import state_of
from schola.records.actions import tick


@pytest.fixture
def state(seat, add, course):
    """Ada has done the first step; the third waits for the second."""
    first, second, third = (
        add("page", title=t, rule={"when": "ticked"}) for t in ("A&B", "C", "D")
    )
    set_prerequisites(third, {"kind": "completion", "activity": second.pk})
    tick(seat.pk, first.pk, True)
    course.refresh_from_db()
    return state_of(course, seat.person)


@pytest.mark.parametrize("language", ["en", "en-xa"])
@pytest.mark.parametrize("share", [None, Decimal("0.6")])
def test_what_a_course_asks_is_compiled_as_its_template_says(state, language, share):
    state.course.pass_fraction = share

    with translation.override(language):
        plain = conditions(state.course, state.structure, state.finished, state.fraction)

        plain.sort(key=lambda condition: condition.met)  # what is missing comes first
        assert needs(state) == "".join(map(need, plain))
        assert needs(state).count("stop done") == 1


@pytest.mark.parametrize("language", ["en", "en-xa"])
def test_an_outline_is_compiled_as_its_template_says(state, language):
    states = zip(state.structure.published, ("done", "here", "locked"), strict=True)
    here = state.structure.published[1].id

    with translation.override(language):
        joined = outline(state, state.locks, here)
        rows = [
            render_to_string(
                "pages/outline_row.html",
                {
                    "activity": activity,
                    "kind": activity_types[activity.kind],
                    "state": word,
                    "url": f"/courses/{state.course.slug}/{activity.key}",
                    "why": state.locks.get(activity.id, ""),
                    "grade": "",
                },
            ).strip()
            for activity, word in states
        ]

    assert f'<ol role="list" class="line">{"".join(rows)}</ol>' in joined
