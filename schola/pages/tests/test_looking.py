"""Staff look through a learner's eyes: they see what the learner sees, and go on seeing it."""

import pytest

from schola.courses.actions import save_draft, set_prerequisites
from schola.enrollment.actions import end_enrollments, enroll
from schola.people.models import Person
from schola.records.models import Progress

HOME = "/courses/algebra"


@pytest.fixture
def steps(add):
    """Three pages; the last one waits for the second. None has been opened."""
    pages = [
        add("page", title=title, config={"body": "<p>As published.</p>"})
        for title in ("A", "B", "C")
    ]
    set_prerequisites(pages[2], {"kind": "completion", "activity": pages[1].pk})
    return pages


@pytest.fixture
def auditor(person):
    return person("Ingrid Auditor", "auditor")


@pytest.mark.parametrize("who", ["learner", "seat"])
def test_each_link_of_the_view_keeps_whose_eyes_they_are(signed_in, tove, seat, steps, who):
    query = f"?as={seat.pk if who == 'seat' else who}"
    browser, (first, second, _third) = signed_in(tove), steps

    outline = browser.get(HOME + query).text
    lesson = browser.get(f"{HOME}/{second.key}{query}").text

    assert f'href="{HOME}/{first.key}{query}"' in outline
    assert f'href="{HOME}/{first.key}"' not in outline
    assert lesson.count(f'href="{HOME}/{first.key}{query}"') == 3  # two rails, and Previous
    assert f'href="{HOME}{query}"' in lesson
    assert f'href="{HOME}/{first.key}"' not in lesson
    assert "Nothing is recorded" in lesson
    assert not Progress.objects.exists()


def test_who_has_just_come_finds_locked_what_waits(signed_in, tove, steps):
    answer = signed_in(tove).get(f"{HOME}/{steps[2].key}?as=learner")

    assert answer.status_code == 403
    assert "you finish “B”" in answer.text
    assert f'href="{HOME}?as=learner"' in answer.text
    assert "Back to my view" in answer.text


def test_a_draft_is_for_its_authors_and_only_through_their_own_eyes(
    signed_in, tove, auditor, steps
):
    page = steps[0]
    page.refresh_from_db()
    save_draft(page, {"body": "<p>As drafted.</p>"}, page.draft.revision)
    address = f"{HOME}/{page.key}"

    assert "As drafted" in signed_in(tove).get(address).text
    assert "As published" in signed_in(tove).get(f"{address}?as=learner").text
    assert "As published" in signed_in(auditor).get(address).text


def test_what_was_never_published_is_missing_for_learners_eyes(signed_in, tove, add):
    draft = add("page", publish=False)

    assert signed_in(tove).get(f"{HOME}/{draft.key}").status_code == 200
    assert signed_in(tove).get(f"{HOME}/{draft.key}?as=learner").status_code == 404


def test_nothing_is_locked_for_authors_who_also_learn(signed_in, tove, course, steps):
    enroll(tove, course)
    browser, address = signed_in(tove), f"{HOME}/{steps[2].key}"

    assert f'href="{address}"' in browser.get(HOME).text
    assert browser.get(address).status_code == 200
    assert browser.post(f"{address}/spent", {"seconds": "5"}).status_code == 200
    assert browser.get(f"{address}?as=learner").status_code == 403


def test_nobody_looks_into_a_course_that_is_not_open_for_them(signed_in, person, course, add):
    helper = person("Priya Helper")
    enroll(helper, course, "assistant")
    add("page", publish=False)
    browser = signed_in(Person.objects.get(pk=helper.pk))

    assert browser.get(HOME).status_code == 404
    assert browser.get(f"{HOME}?as=learner").status_code == 404


def test_nobody_looks_through_eyes_that_are_not_there(signed_in, tove, course, seat, steps):
    end_enrollments([seat.person_id], course)

    assert signed_in(tove).get(f"{HOME}?as={seat.pk}").status_code == 404
    assert signed_in(tove).get(f"{HOME}?as=somebody").status_code == 404
