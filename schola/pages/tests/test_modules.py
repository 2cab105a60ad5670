"""Modules in modules: made, moved and removed by their authors, read by learners."""

import re

import pytest

from schola.courses.actions import add_activity, add_module, publish_activity, touch
from schola.courses.models import Activity, Module
from schola.courses.structure import structure_of
from schola.pages.outline import outline
from schola.pages.state import state_of


@pytest.fixture
def author(signed_in, tove):
    return signed_in(tove)


@pytest.fixture
def nested(course):
    """Two modules at the top; in the second a module, and in that one another."""
    second = add_module(course, "Second")
    inner = add_module(course, "Inner", second)
    return {
        "first": course.modules.get(title="First module"),
        "second": second,
        "inner": inner,
        "innermost": add_module(course, "Innermost", inner),
    }


def order(course):
    """Return title and depth of each module, in reading order."""
    course.refresh_from_db()
    return [(module.title, module.depth) for module in structure_of(course).modules]


def send(browser, module, **words):
    return browser.post(f"/courses/algebra/modules/{module.pk}", words)


def test_a_module_is_added_inside_another(author, course, nested):
    words = {"title": "Also inner", "parent": nested["second"].pk}

    answer = author.post("/courses/algebra/modules", words)

    made = Module.objects.get(title="Also inner")
    assert answer["Location"] == f"/courses/algebra/edit#add-{made.pk}"
    assert order(course)[-1] == ("Also inner", 1)


def test_modules_lie_three_deep_and_no_deeper(author, course, nested):
    before = order(course)

    answer = author.post(
        "/courses/algebra/modules", {"title": "Too deep", "parent": nested["innermost"].pk}
    )
    moved = send(author, nested["second"], **{"in": "1"})

    for refused in (answer, moved):
        assert refused.status_code == 422
        assert "Modules may lie three deep" in refused.text
    assert order(course) == before


def test_a_module_goes_into_the_one_before_it_and_out_again(author, course, nested):
    third = add_module(course, "Third")

    send(author, third, **{"in": "1"})
    went_in = order(course)
    send(author, third, up="1")
    went_up = order(course)
    answer = send(author, third, out="1")

    assert went_in[2:] == [("Inner", 1), ("Innermost", 2), ("Third", 1)]
    assert went_up[2:] == [("Third", 1), ("Inner", 1), ("Innermost", 2)]
    assert order(course)[-1] == ("Third", 0)
    assert answer["Location"] == f"/courses/algebra/edit#more-{third.pk}"


def test_what_lies_in_a_module_goes_with_it(author, course, nested):
    page = add_activity(nested["innermost"], "page", "Limits")

    send(author, nested["inner"], out="1")

    assert order(course)[-2:] == [("Inner", 0), ("Innermost", 1)]
    assert Activity.objects.get().pk == page.pk


@pytest.mark.parametrize("move", ["in", "out"])
def test_where_there_is_no_module_to_go_to_the_page_says_so(author, course, nested, move):
    before = order(course)

    answer = send(author, nested["first"], **{move: "1"})

    assert answer.status_code == 422
    assert "There is no module to put it into" in answer.text
    assert order(course) == before


def test_a_module_of_another_course_takes_none(author, course, nested, school):
    from_elsewhere = add_module(type(course).objects.create(title="Other", slug="other"), "Theirs")

    answer = author.post("/courses/algebra/modules", {"title": "Lost", "parent": from_elsewhere.pk})

    assert answer.status_code == 422
    assert "Choose a module of this course" in answer.text
    assert not Module.objects.filter(title="Lost").exists()


def test_a_module_with_modules_in_it_is_not_removed(author, course, nested):
    answer = send(author, nested["second"], remove="1")
    send(author, nested["innermost"], remove="1")

    assert answer.status_code == 422
    assert "Move or remove what lies in this module first" in answer.text
    assert order(course) == [("First module", 0), ("Second", 0), ("Inner", 1)]


def test_no_move_makes_activities_wait_for_one_another(author, course, nested):
    third = add_module(course, "Third")
    page = add_activity(third, "page", "Limits")
    wants = {"kind": "completion", "activity": page.pk}
    Module.objects.filter(pk=nested["second"].pk).update(prerequisites=wants)
    touch(course)
    before = order(course)

    went_in = send(author, third, **{"in": "1"})
    place = {"module": nested["innermost"].pk, "place": "0"}
    put = author.post(f"/courses/algebra/{page.key}/place", place)

    for refused in (went_in, put):
        assert refused.status_code == 422
        assert "would wait for one another" in refused.text
    assert Activity.objects.get().module_id == third.pk
    assert order(course) == before


def test_the_builder_offers_only_what_can_be_done(author, nested):
    text = author.get("/courses/algebra/edit").text

    offers = re.findall(r"Move (?:into|out of) “[^”]+”", text)
    assert offers == ["Move out of “Second”", "Move out of “Inner”"]
    assert text.count("Add a module inside") == 3


def test_the_outline_shows_modules_in_modules(course, seat, nested):
    for module in nested.values():
        publish_activity(add_activity(module, "page", f"In {module.title}"))
    empty = add_module(course, "Nothing yet")
    course.refresh_from_db()
    state = state_of(course, seat.person)

    html = outline(state, state.locks, None)

    levels = re.findall(r"<h(\d)>([^<]+)", html)
    assert levels == [
        ("3", "First module"), ("3", "Second"), ("4", "Inner"), ("5", "Innermost"),
    ]  # fmt: skip
    assert html.endswith("</details></details></details>")
    assert "0 of 3 done" in html
    assert empty.title not in html


def test_a_step_in_a_nested_module_opens_the_folds_around_it(course, seat, nested):
    page = add_activity(nested["inner"], "page", "Limits")
    publish_activity(page)
    course.refresh_from_db()
    state = state_of(course, seat.person)

    html = outline(state, state.locks, page.pk)

    assert html.count('<details class="module" open>') == 2
    assert "Innermost" not in html


def test_the_lesson_says_in_which_modules_it_lies(author, course, nested):
    page = add_activity(nested["innermost"], "page", "Limits")

    text = author.get(f"/courses/algebra/{page.key}").text

    assert "Second › Inner" in text


def test_the_second_of_two_authors_who_rename_a_module_sees_what_the_first_wrote(author, nested):
    inner = nested["inner"]

    first = send(author, inner, title="Mine", revision=1)
    second = send(author, inner, title="Yours", revision=1)

    assert first.status_code == 302
    assert second.status_code == 409
    assert "Somebody else changed this meanwhile." in second.text
    assert 'name="title" value="Mine"' in second.text
    again = re.search(r'name="revision" value="(2)"', second.text)[1]
    assert send(author, inner, title="Yours", revision=again).status_code == 302
    assert Module.objects.get(pk=inner.pk).title == "Yours"


def test_a_module_keeps_a_title(author, nested):
    answer = send(author, nested["inner"], title=" ", revision=1)

    assert answer.status_code == 422
    assert "Write a title for the module." in answer.text
