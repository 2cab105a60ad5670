import re
from itertools import pairwise

import pytest
from lxml import etree

from schola.demo.content import COURSES
from schola.demo.content.life import DAY_MINUTES, DAYS, plan
from schola.demo.content.people import LEARNERS, PEOPLE
from schola.questions.question_types import question_types
from schola.questions.typed import parse

PIECES = [
    pytest.param(course, piece, id=f"{course.slug}-{piece.key}")
    for course in COURSES
    for piece in course.pieces()
]
TEXTS = [each for each in PIECES if each.values[1].kind in ("page", "assignment")]
TASKS = [each for each in PIECES if each.values[1].kind == "assignment"]
QUIZZES = [each for each in PIECES if each.values[1].kind == "quiz"]


def test_there_is_an_academic_a_compliance_and_an_onboarding_course():
    sizes = [(len(course.parts), len(list(course.pieces()))) for course in COURSES]

    assert sizes == [(5, 21), (4, 10), (3, 8)]


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.slug)
def test_each_piece_has_its_own_key_and_comes_after_what_it_needs(course):
    seen: set[str] = set()
    for piece in course.pieces():
        assert piece.key not in seen
        assert seen.issuperset(piece.after)
        seen.add(piece.key)


@pytest.mark.parametrize(("course", "piece"), TEXTS)
def test_a_text_is_of_lesson_length_and_well_formed(course, piece):
    text = re.sub(r"(<img[^>]*)>", r"\1/>", course.text(piece))
    root = etree.fromstring(f"<div>{text}</div>".encode())
    words = len(" ".join(root.itertext()).split())

    assert words >= (300 if piece.kind == "page" else 100)
    assert words <= 900
    assert not re.search(r"style=|<script|<h1|onclick", text)
    assert all(image.get("alt") and image.get("width") for image in root.iter("img"))
    assert all(cell.get("scope") for cell in root.iter("th"))


@pytest.mark.parametrize(("course", "piece"), TASKS)
def test_a_task_says_whether_its_marks_count_and_how_long_work_is_taken(course, piece):
    """Every task is marked: one without points out of 100, which the total leaves out."""
    text = course.text(piece)

    assert ("100 of 100 points" in text and "do not count" in text) == (not piece.points)
    assert ("hand in again until it is marked" in text) == bool(piece.due_day and piece.points)
    assert "no grade" not in text


@pytest.mark.parametrize(("course", "piece"), QUIZZES)
def test_a_quiz_can_be_read_and_answered(course, piece):
    drafts = parse(course.text(piece))

    assert len(drafts) >= 4
    for draft in drafts:
        kind = question_types[draft.kind]
        assert kind.mark(draft.body, kind.right_response(draft.body)).fraction == 1


def test_the_quizzes_use_every_type_of_question():
    used = {draft.kind for each in QUIZZES for draft in parse(each.values[0].text(each.values[1]))}

    assert used == {kind.key for kind in question_types}


def test_there_are_24_people_with_names_of_their_own():
    assert len(PEOPLE) == 24
    assert len({person.key for person in PEOPLE}) == 24
    assert {person.manager for person in LEARNERS} <= {person.key for person in PEOPLE}
    assert {course.instructor for course in COURSES} <= {person.key for person in PEOPLE}


def test_the_plan_is_the_same_every_time_and_fits_into_six_weeks():
    events = plan()

    assert events == plan()
    assert 400 < len(events) < 1_500
    assert events[0].minute >= 0
    assert events[-1].minute < DAYS * DAY_MINUTES
    assert all(one.minute <= two.minute for one, two in pairwise(events))


def test_nobody_does_what_is_not_open_to_them_yet():
    pieces = {(course.slug, piece.key): piece for course in COURSES for piece in course.pieces()}
    finished: set[tuple[str, str, str]] = set()
    enrolled: set[tuple[str, str]] = set()
    for event in plan():
        if event.deed == "enroll":
            enrolled.add((event.about, event.course))
            continue
        piece = pieces[event.course, event.piece]
        assert (event.about, event.course) in enrolled
        assert all((event.about, event.course, key) in finished for key in piece.after)
        if event.fraction is None or event.fraction * 100 >= piece.pass_percent:
            finished.add((event.about, event.course, event.piece))


def test_some_finish_some_are_on_their_way_and_some_have_hardly_begun():
    done = {person.key: 0 for person in LEARNERS}
    for event in plan():
        done[event.about] += event.deed in ("finish", "submit")

    assert max(done.values()) >= 20
    assert min(done.values()) <= 5
    assert {event.deed for event in plan()} == {"enroll", "finish", "attempt", "submit", "mark"}
