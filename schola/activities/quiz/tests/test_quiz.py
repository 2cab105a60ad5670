"""Taking a quiz over HTTP: saved as it is given, marked once, by the clock if need be."""

from datetime import timedelta
from decimal import Decimal

import pytest

from schola.activities.quiz.closing import close_when_over
from schola.courses.actions import remove_activity, set_prerequisites, unpublish_course
from schola.enrollment.actions import end_enrollments
from schola.grading.models import Fact
from schola.kernel import clock
from schola.kernel.jobs import run_waiting
from schola.questions.models import Answer
from schola.records.models import Attempt, Progress


def save(taking, slot, rev, value):
    browser, url = taking
    return browser.post(f"{url}/answers/{slot}", {"rev": rev, f"q{slot}": value})


def test_answers_are_saved_and_marked(taking):
    assert save(taking, 2, 1, "2,5").status_code == 200
    assert save(taking, 3, 1, "Bat").status_code == 200
    browser, url = taking

    answer = browser.post(f"{url}/finish", follow=True)

    assert Attempt.objects.get().earned == 2
    assert Fact.objects.get().raw == Decimal("6.666667")
    assert Progress.objects.get().finished_at
    assert "Passed" in answer.text


def test_a_stale_window_does_not_overwrite(taking):
    save(taking, 3, 2, "bat")

    late = save(taking, 3, 1, "cat")

    assert late.status_code == 409
    assert late.json() == {"rev": 2, "value": {"text": "bat"}}
    assert Answer.objects.get().response == {"text": "bat"}


def test_sending_the_same_again_is_nothing_new(taking):
    assert save(taking, 3, 1, "bat").json() == save(taking, 3, 1, "bat").json()


def test_nothing_is_taken_after_the_end(taking):
    browser, url = taking
    browser.post(f"{url}/finish")

    late = save(taking, 3, 1, "bat")

    assert late.status_code == 410
    assert not Answer.objects.exists()


def test_a_page_without_script_hands_its_answers_in(taking):
    browser, url = taking

    browser.post(f"{url}/finish", {"with_answers": "1", "q2": "2.5", "q3": "bat"})

    assert Attempt.objects.get().earned == 2


def test_without_script_too_a_refused_answer_stays_as_it_was_written(taking):
    browser, url = taking

    page = browser.post(f"{url}/finish", {"with_answers": "1", "q2": "two or so", "q3": "bat"})

    assert page.status_code == 422
    assert 'value="two or so"' in page.text
    assert "Write a number" in page.text
    assert Answer.objects.get(slot=3).response == {"text": "bat"}
    assert Attempt.objects.get().state == Attempt.State.OPEN


def test_without_script_a_late_form_is_finished_with_what_is_saved(signed_in, ada, seat, quiz):
    item = quiz(minutes=1)
    browser = signed_in(ada)
    url = browser.post(f"/courses/algebra/{item.key}/start").headers["Location"]
    save((browser, url), 3, 1, "bat")
    Attempt.objects.update(closes_at=clock.now() - timedelta(seconds=1))

    answer = browser.post(f"{url}/finish", {"with_answers": "1", "q2": "2.5"}, follow=True)

    assert answer.status_code == 200
    assert Attempt.objects.get().earned == 1


def test_nonsense_is_refused_in_words_and_kept_out(taking):
    answer = save(taking, 2, 1, "many")

    assert answer.status_code == 422
    assert "Write a number" in answer.json()["error"]


@pytest.mark.django_db(transaction=True)
def test_who_goes_away_is_handed_in_with_what_is_saved(signed_in, ada, seat, quiz):
    item = quiz(minutes=1)
    browser = signed_in(ada)
    url = browser.post(f"/courses/algebra/{item.key}/start").headers["Location"]
    browser.post(f"{url}/answers/3", {"rev": 1, "q3": "bat"})
    over = clock.now() - timedelta(minutes=2)
    Attempt.objects.update(deadline_at=over, closes_at=over)

    close_when_over(attempt_id=str(Attempt.objects.get().pk))
    run_waiting()

    assert Attempt.objects.get().earned == 1


def test_no_answer_is_in_the_page(taking):
    browser, url = taking

    page = browser.get(url).text

    assert "2.5" not in page
    assert "bat" not in page
    assert '"right"' not in page


def test_attempts_run_out(signed_in, ada, seat, quiz):
    item = quiz(attempts=1)
    browser = signed_in(ada)
    where = f"/courses/algebra/{item.key}"
    url = browser.post(f"{where}/start").headers["Location"]
    browser.post(f"{url}/finish")

    again = browser.post(f"{where}/start")

    assert again.status_code == 422
    assert "used all your attempts" in again.text


def test_another_learner_finds_nothing(taking, signed_in, person, course):
    from schola.enrollment.actions import enroll

    _browser, url = taking
    eve = person("Eve Other")
    enroll(eve, course)
    other = signed_in(type(eve).objects.get(pk=eve.pk))

    assert other.get(url).status_code == 404
    assert other.post(f"{url}/answers/3", {"rev": 9, "q3": "x"}).status_code == 404


def test_saving_costs_four_queries(taking, django_assert_max_num_queries):
    save(taking, 3, 1, "bat")

    with django_assert_max_num_queries(4):
        save(taking, 3, 2, "bats")


def test_what_is_locked_cannot_be_started(signed_in, seat, quiz, add):
    first, item = add("page", rule={"when": "ticked"}), quiz()
    set_prerequisites(item, {"kind": "completion", "activity": first.pk})

    answer = signed_in(seat.person).post(f"/courses/algebra/{item.key}/start")

    assert answer.status_code == 403
    assert "you finish “Page”" in answer.text
    assert not Attempt.objects.exists()


def test_what_was_begun_is_finished_although_a_condition_comes_between(taking, add):
    first = add("page", rule={"when": "ticked"})
    set_prerequisites(Attempt.objects.get().activity, {"kind": "completion", "activity": first.pk})

    saved = save(taking, 3, 1, "bat")
    browser, url = taking
    result = browser.post(f"{url}/finish", follow=True)

    assert (saved.status_code, result.status_code) == (200, 200)
    assert Attempt.objects.get().earned == 1


@pytest.mark.parametrize("close", ["taken out", "hidden", "removed"])
def test_what_was_begun_ends_with_the_seat_the_course_and_the_activity(taking, ada, close):
    close_to(close, ada, Attempt.objects.get().activity)

    saved = save(taking, 3, 1, "bat")
    browser, url = taking
    finished = browser.post(f"{url}/finish")

    assert (saved.status_code, finished.status_code) == (404, 404)
    assert Attempt.objects.get().state == Attempt.State.OPEN
    assert not Answer.objects.exists()


def close_to(close, person, activity):
    if close == "taken out":
        end_enrollments([person.pk], activity.course)
    elif close == "hidden":
        unpublish_course(activity.course)
    else:
        remove_activity(activity)


def test_the_result_says_what_each_answer_earned_rounded(taking):
    browser, url = taking
    save(taking, 3, 1, "bat")
    attempt = Attempt.objects.get()
    browser.post(f"{url}/finish")
    Answer.objects.filter(attempt=attempt, slot=3).update(earned=Decimal("0.333333"))

    page = browser.get(f"{url}/result").text

    assert "0.33 of 1 point" in page
    assert "0.333333" not in page


def test_questions_can_be_marked_for_review_and_the_clock_can_speak(signed_in, ada, seat, quiz):
    browser = signed_in(ada)
    url = browser.post(f"/courses/algebra/{quiz(minutes=20).key}/start").headers["Location"]

    page = browser.get(url).text

    assert page.count("data-flag ") == page.count("data-slot=") == 3
    assert 'data-left10="10 minutes left"' in page
    assert 'role="status" data-spoken' in page
