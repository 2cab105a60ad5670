"""Of many guesses at the same moment no more are judged than of as many one after another."""

from threading import Barrier
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from schola.courses.models import Course
from schola.kernel.tests.writers import two_writers
from schola.people.actions import sign_in

pytestmark = [
    two_writers,
    pytest.mark.django_db(transaction=True),
]
TRIES = 16


@pytest.fixture
def at_once(beside):
    """Try so often at the same moment: at_once(guess) returns the answers to guess(0), …"""

    def run(guess):
        answers, start = [], Barrier(TRIES)

        def one(n):
            start.wait()
            answers.append(guess(n))

        for thread in [beside(lambda n=n: one(n)) for n in range(TRIES)]:
            thread.join()
        return answers

    return run


def test_a_password_is_guessed_ten_times(at_once, ada):
    def guess(n):
        with pytest.raises(ValidationError) as error:
            sign_in(ada.email, "guess", f"203.0.113.{n}")
        return error.value.code

    answers = at_once(guess)

    assert len(answers) == TRIES
    assert answers.count(None) <= 10


def test_from_one_address_six_times(at_once, ada):
    def guess(n):
        with pytest.raises(ValidationError) as error:
            sign_in(ada.email, "guess", "203.0.113.1")
        return error.value.code

    assert at_once(guess).count(None) <= 6


def test_the_key_of_a_course_is_guessed_ten_times(at_once, signed_in, ada, course, add):
    add("page")
    Course.objects.update(self_enrollment="key", enrollment_key="open sesame")
    browsers = [signed_in(ada) for _n in range(TRIES)]

    def guess(n):
        words = {"key": "guess", "_key": uuid4().hex}
        return browsers[n].post("/catalog/algebra/join", words).status_code

    answers = at_once(guess)

    assert set(answers) <= {422, 429}
    assert answers.count(422) <= 10
