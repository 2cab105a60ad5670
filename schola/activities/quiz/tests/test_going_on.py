"""What comes after a quiz, and what is said of one that was left."""

from schola.activities.quiz.tests.test_quiz import save
from schola.courses.actions import touch
from schola.courses.models import Course
from schola.grading.models import GradeItem
from schola.records.models import Attempt


def test_who_has_passed_goes_on_to_the_next_step(taking, add):
    after = add("page")
    save(taking, 2, 1, "2,5")
    save(taking, 3, 1, "bat")
    browser, url = taking

    page = browser.post(f"{url}/finish", follow=True).text

    assert f'<a class="btn primary" href="/courses/algebra/{after.key}">' in page
    assert "Counts 6.67 of 10 in the course." in page


def test_who_has_not_passed_goes_back_to_the_quiz_while_it_may_be_tried_again(taking):
    browser, url = taking
    quiz = url.partition("/attempt")[0]

    page = browser.post(f"{url}/finish", follow=True).text

    assert f'<a class="btn primary" href="{quiz}">' in page
    assert '<span class="chip num">' in browser.get(quiz).text


def test_without_an_attempt_left_the_way_goes_on(signed_in, ada, seat, quiz):
    browser = signed_in(ada)
    url = browser.post(f"/courses/algebra/{quiz(attempts=1).key}/start").headers["Location"]

    page = browser.post(f"{url}/finish", follow=True).text

    assert '<a class="btn primary" href="/courses/algebra">' in page


def test_points_that_passed_are_told_from_points_that_did_not(taking):
    save(taking, 2, 1, "2,5")
    save(taking, 3, 1, "bat")
    browser, url = taking
    browser.post(f"{url}/finish")

    page = browser.get(url.partition("/attempt")[0]).text

    assert '<span class="chip ok num">' in page
    assert "Counts 6.67 of 10 in the course." in page


def test_a_quiz_that_was_left_says_that_it_is_open_and_how_long(signed_in, ada, seat, quiz):
    item = quiz(minutes=20)
    browser = signed_in(ada)
    browser.post(f"/courses/algebra/{item.key}/start")

    page = browser.get(f"/courses/algebra/{item.key}").text

    assert "Attempt 1 is open." in page
    assert f'until="{Attempt.objects.get().deadline_at:%Y-%m-%dT%H:%M}' in page
    assert "Go on" in page
    assert "You have 20 minutes." not in page
    assert "Your attempts" not in page


def test_where_the_last_attempt_counts_it_alone_decides(taking):
    save(taking, 2, 1, "2,5")
    save(taking, 3, 1, "bat")
    browser, url = taking
    quiz = url.partition("/attempt")[0]
    browser.post(f"{url}/finish")
    GradeItem.objects.update(policy="last")
    touch(Course.objects.get())
    again = browser.post(f"{quiz}/start").headers["Location"]

    page = browser.post(f"{again}/finish", follow=True).text

    assert "Counts 0 of 10 in the course." in page
    assert f'<a class="btn primary" href="{quiz}">' in page
