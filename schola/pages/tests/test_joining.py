"""Joining a course by oneself: its address, which is shared, and its key."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from schola.courses.models import Course
from schola.enrollment.actions import enroll
from schola.kernel import clock
from schola.people.models import SignInFailure

JOIN = "/catalog/algebra/join"


def opened(course, add, **fields):
    add("page")
    for name, value in ({"self_enrollment": "open"} | fields).items():
        setattr(course, name, value)
    course.save()


def test_joining_with_a_key(signed_in, ada, course, add):
    opened(course, add, self_enrollment="key", enrollment_key="open sesame")
    browser = signed_in(ada)

    wrong = browser.post(JOIN, {"key": "guess"})
    assert wrong.status_code == 422
    assert "not the key" in wrong.text
    right = browser.post(JOIN, {"key": "open sesame"})

    assert right.headers["Location"] == "/courses/algebra"
    assert browser.get("/courses/algebra").status_code == 200


def test_a_closed_course_is_not_there(signed_in, ada, course, add):
    add("page")
    browser = signed_in(ada)

    assert browser.get(JOIN).status_code == 404
    assert browser.post(JOIN).status_code == 404


def test_the_shared_address_says_what_is_joined_and_lets_one_in(signed_in, ada, course, add):
    opened(course, add, summary="Letters for numbers.")
    browser = signed_in(ada)

    page = browser.get(JOIN).text

    assert "Letters for numbers." in page
    assert 'name="key"' not in page
    assert browser.post(JOIN).headers["Location"] == "/courses/algebra"


def test_the_shared_address_asks_for_the_key(signed_in, ada, course, add):
    opened(course, add, self_enrollment="key", enrollment_key="open sesame")

    page = signed_in(ada).get(JOIN).text

    assert 'name="key"' in page
    assert "open sesame" not in page


def test_who_is_in_the_course_goes_to_it(signed_in, ada, course, add):
    opened(course, add)
    enroll(ada, course)

    assert signed_in(ada).get(JOIN).headers["Location"] == "/courses/algebra"


def test_who_has_not_signed_in_signs_in_and_comes_back(client, course, add):
    opened(course, add)

    assert client.get(JOIN).headers["Location"] == f"/signin?next={JOIN}"


@pytest.mark.parametrize("page", ["people", "setup"])
def test_staff_see_the_address_only_of_a_course_that_may_be_joined(
    page, signed_in, tove, course, add
):
    browser = signed_in(tove)
    assert JOIN not in browser.get(f"/courses/algebra/{page}").text

    opened(course, add)
    shown = browser.get(f"/courses/algebra/{page}").text

    assert f'{JOIN}"' in shown
    assert 'src="data:image/svg+xml' in shown


@pytest.fixture
def keyed(course, add):
    opened(course, add, self_enrollment="key", enrollment_key="open sesame")


def guess(browser, key="guess"):
    """Send the form as its page does, which names each time what it sends."""
    return browser.post(JOIN, {"key": key, "_key": uuid4().hex})


def test_the_key_of_a_course_is_not_guessed(signed_in, ada, keyed):
    browser = signed_in(ada)
    for _n in range(10):
        assert guess(browser).status_code == 422

    answer = guess(browser, "open sesame")

    assert answer.status_code == 429
    assert "Too many tries. Wait a quarter of an hour" in answer.text
    SignInFailure.objects.update(at=clock.now() - timedelta(minutes=16))
    assert guess(browser, "open sesame").status_code == 302


def test_who_guesses_keeps_nobody_else_out(signed_in, ada, person, keyed, client):
    browser = signed_in(ada)
    for _n in range(11):
        guess(browser)

    assert guess(signed_in(person("Bo Learner"), type(client)()), "open sesame").status_code == 302


def test_the_right_key_lets_the_count_begin_anew(signed_in, ada, keyed):
    browser = signed_in(ada)
    for _n in range(9):
        guess(browser)

    assert guess(browser, "open sesame").status_code == 302
    assert not SignInFailure.objects.exists()


def test_the_catalog_has_pages_that_cost_the_same(signed_in, ada, django_assert_num_queries):
    Course.objects.bulk_create(
        Course(
            slug=f"course-{n:02}", title=f"Course {n:02}", self_enrollment="open",
            published_at=clock.now(),
        )
        for n in range(50)
    )  # fmt: skip
    browser = signed_in(ada)
    browser.get("/catalog")

    seen = []
    for number in (1, 2, 3):
        with django_assert_num_queries(4):
            text = browser.get(f"/catalog?page={number}").text
        assert f"Page {number} of 3" in text
        assert ('href="?page=' in text.partition("<main")[2]) is True
        seen.append(re.findall(r"<h2>(Course \d+)</h2>", text))

    assert [len(each) for each in seen] == [24, 24, 2]
    assert [title for each in seen for title in each] == [f"Course {n:02}" for n in range(50)]
    assert browser.get("/catalog?page=nonsense").status_code == 200


def test_the_catalog_asks_for_the_key_with_the_same_form(signed_in, ada, course, keyed):
    browser = signed_in(ada)

    for address in ("/catalog", JOIN):
        text = browser.get(address).text
        assert f'<label for="key-{course.pk}">' in text
        assert "You have it from the instructor of the course." in text
