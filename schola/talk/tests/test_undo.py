"""After an act that told others one button takes the telling back, for half a minute."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail

from schola.courses.activity_types import Result, Score
from schola.courses.models import Course
from schola.enrollment.actions import enroll, enroll_many
from schola.kernel import clock
from schola.kernel.jobs import run_waiting
from schola.kernel.models import AuditEntry, Job
from schola.people.actions import add_to_group, make_group
from schola.records.actions import begin, finish, mark
from schola.talk.actions import take_back, tell
from schola.talk.acts import act_of
from schola.talk.models import Notice

OFFER = re.compile(r'name="act" value="([0-9a-f]{32})"')


@pytest.fixture
def opened(add, course):
    """The course, open to its learners."""
    add("page")
    return Course.objects.get(pk=course.pk)


@pytest.fixture
def teaching(signed_in, tove):
    return signed_in(tove)


def put_in(browser, course, **words):
    return browser.post(f"/courses/{course.slug}/people/change", words, follow=True).text


def later():
    """Let the half minute pass and the mails go out."""
    past = clock.now() - timedelta(seconds=1)
    Notice.objects.update(hold_until=past)
    Job.objects.filter(state="waiting").update(run_at=past)
    run_waiting()


def test_the_page_says_how_many_will_be_told_and_undo_spares_them(opened, teaching, ada, person):
    group = make_group("7a")
    add_to_group(group, [ada.pk, person("Alan Turing").pk])

    page = put_in(teaching, opened, group=group.pk)
    answer = teaching.post(
        "/notifications/undo", {"act": OFFER.search(page)[1], "next": "/courses"}, follow=True
    )
    later()

    assert "2 people will be told in 30 seconds." in page
    assert answer.redirect_chain == [("/courses", 302)]
    assert "2 notices were taken back. What you did stays." in answer.text
    assert mail.outbox == []
    assert opened.enrollments.learners().count() == 2
    assert AuditEntry.objects.filter(act="notices.taken-back").count() == 1


def test_what_is_not_taken_back_goes_out_by_mail(opened, teaching, ada):
    put_in(teaching, opened, who=ada.email)

    later()

    assert [message.to for message in mail.outbox] == [[ada.email]]


def test_what_is_taken_back_is_not_mailed(ada, otto):
    with act_of(otto.pk) as act:
        tell([ada.pk], "enrolled", "course-1", "/courses/x", {"course": "X"})

    assert take_back(act.id, otto) == (1, 0)
    later()

    assert mail.outbox == []


def test_nothing_is_offered_where_nobody_was_told(opened, teaching, ada):
    enroll(ada, opened)

    assert "will be told" not in put_in(teaching, opened, who=ada.email)
    assert "will be told" not in put_in(teaching, opened, who="nobody at all")


def test_what_only_concerns_oneself_is_told_at_once(opened, signed_in, ada):
    Course.objects.filter(pk=opened.pk).update(self_enrollment="open")
    browser = signed_in(ada)

    page = browser.post(f"/catalog/{opened.slug}/join", follow=True).text

    assert "will be told" not in page
    assert "You are in the course “Algebra” now." in browser.get("/notifications").text


def test_the_bell_is_silent_as_long_as_it_can_be_taken_back(opened, teaching, signed_in, ada):
    put_in(teaching, opened, who=ada.email)
    reader = signed_in(ada)

    before = reader.get("/notifications").text
    later()

    assert "You are in the course" not in before
    assert "You are in the course" in reader.get("/notifications").text


def test_when_it_is_too_late_it_says_so(opened, teaching, ada):
    act = OFFER.search(put_in(teaching, opened, who=ada.email))[1]
    later()

    page = teaching.post("/notifications/undo", {"act": act}, follow=True).text

    assert "It is too late: they have been told." in page
    assert Notice.objects.count() == 1


def test_undoing_twice_and_undoing_nonsense_change_nothing(opened, teaching, ada):
    act = OFFER.search(put_in(teaching, opened, who=ada.email))[1]
    teaching.post("/notifications/undo", {"act": act})

    for words in (act, "nonsense", ""):
        page = teaching.post("/notifications/undo", {"act": words}, follow=True).text
        assert "There is nothing to take back any more." in page


def test_nobody_takes_back_what_another_has_told(opened, teaching, signed_in, ada, person):
    act = OFFER.search(put_in(teaching, opened, who=ada.email))[1]
    other = signed_in(person("Ida Manager", "manager"))

    page = other.post("/notifications/undo", {"act": act}, follow=True).text

    assert "There is nothing to take back any more." in page
    assert Notice.objects.count() == 1


def test_one_act_does_not_take_back_another(opened, teaching, ada, person):
    alan = person("Alan Turing")
    first = OFFER.search(put_in(teaching, opened, who=ada.email))[1]
    put_in(teaching, opened, who=alan.email)

    teaching.post("/notifications/undo", {"act": first})

    assert Notice.objects.get().person == alan


def test_marking_offers_to_take_back_the_mark_and_the_certificate(tove, seat, add):
    essay = add("assignment", points=10, rule={"when": "passed", "fraction": 0.5})
    attempt = begin(seat.pk, essay.pk)
    finish(attempt.pk, Result(verb="submitted", finished=True))

    with act_of(tove.pk) as act:
        mark(attempt.pk, Score(Decimal(9), Decimal(10)))

    told = Notice.objects.filter(act=act.id).values_list("kind", flat=True)
    assert sorted(told) == ["certificate", "marked"]


def test_opening_a_course_tells_those_who_were_put_in_while_it_was_hidden(
    add, course, teaching, ada, person
):
    add("page", publish=False)
    enroll_many([ada.pk, person("Alan Turing").pk], course)
    assert not Notice.objects.exists()

    first = teaching.post(f"/courses/{course.slug}/publish", follow=True).text
    teaching.post(f"/courses/{course.slug}/publish", {"unpublish": "1"})
    again = teaching.post(f"/courses/{course.slug}/publish", follow=True).text

    assert "2 people will be told in 30 seconds." in first
    assert "will be told" not in again


def test_an_address_of_elsewhere_is_not_followed(teaching):
    answer = teaching.post("/notifications/undo", {"act": "", "next": "https://evil.example/"})

    assert answer["Location"] == "/notifications"


def test_undoing_takes_nothing_away_that_was_told_before(ada, otto):
    tell([ada.pk], "grade.marked", "attempt-1", "/", {"points": "7"})
    Notice.objects.update(hold_until=clock.now())

    with act_of(otto.pk) as act:
        tell([ada.pk], "grade.marked", "attempt-1", "/", {"points": "8"})

    assert not act.told
    assert take_back(act.id, otto) == (0, 0)
    assert Notice.objects.get(person=ada).data == {"points": "8"}
