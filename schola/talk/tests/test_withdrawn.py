"""What was undone is no news: no mail says it, and no bell that was not read. No mail to whoever
may not sign in."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from schola.completion.certificates import reissue, revoke
from schola.completion.models import Certificate
from schola.courses.actions import publish_course, unpublish_course
from schola.courses.activity_types import Result
from schola.courses.models import Course
from schola.enrollment.actions import end_enrollments, enroll, enroll_group
from schola.kernel import clock
from schola.kernel.jobs import run_waiting
from schola.kernel.models import Job
from schola.kernel.tests.writers import two_writers
from schola.people.actions import (
    add_to_group,
    make_group,
    reinstate,
    remove_from_group,
    suspend,
)
from schola.records.actions import record
from schola.talk.actions import choose_ways, read_all, send_mails, tell
from schola.talk.acts import act_of
from schola.talk.models import Notice
from schola.talk.withdrawing import withdraw_untrue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def opened(add, course):
    """The course, open to its learners."""
    add("page")
    return Course.objects.get(pk=course.pk)


def put_in(by, course, person):
    """Let somebody put a person into the course; while they may undo it, the bell is silent."""
    with act_of(by.pk):
        enroll(person, course)


def later():
    """Let the half minute pass and the mails go out."""
    past = clock.now() - timedelta(seconds=1)
    Notice.objects.update(hold_until=past)
    Job.objects.filter(state="waiting").update(run_at=past)
    run_waiting()


def mailed():
    return [message.to[0] for message in mail.outbox]


def bell(browser):
    return browser.get("/notifications").text


def test_a_seat_that_is_taken_back_in_time_is_not_mailed(opened, ada, person, signed_in):
    grace = person("Grace Hopper")
    enroll(ada, opened)
    enroll(grace, opened)

    end_enrollments([ada.pk], opened)
    later()

    assert mailed() == [grace.email]
    assert "You are in the course" not in bell(signed_in(ada))
    assert "You are in the course" in bell(signed_in(grace))


def test_nor_is_one_that_a_group_gave(opened, ada, person):
    group, grace = make_group("Class 7"), person("Grace Hopper")
    add_to_group(group, [ada.pk, grace.pk])
    enroll_group(group, opened)

    remove_from_group(group, [ada.pk])
    later()

    assert mailed() == [grace.email]


def test_what_was_mailed_but_not_read_is_gone_from_the_bell_and_what_was_read_stays(
    opened, ada, person, signed_in
):
    grace = person("Grace Hopper")
    for each in (ada, grace):
        enroll(each, opened)
    later()
    read_all(grace)

    end_enrollments([ada.pk, grace.pk], opened)

    assert Notice.objects.get().person == grace
    assert "You are in the course" not in bell(signed_in(ada))


def test_who_comes_again_is_told_again(opened, ada):
    enroll(ada, opened)
    end_enrollments([ada.pk], opened)
    enroll(ada, opened)

    later()

    assert mailed() == [ada.email]


def test_the_end_of_another_role_withdraws_nothing(opened, ada):
    enroll(ada, opened)
    enroll(ada, opened, "assistant")

    end_enrollments([ada.pk], opened, "assistant")
    later()

    assert mailed() == [ada.email]


def test_of_a_course_that_is_hidden_in_time_nobody_hears(opened, tove, ada, signed_in):
    put_in(tove, opened, ada)
    unpublish_course(opened)

    later()

    assert mailed() == []
    assert "You are in the course" not in bell(signed_in(ada))


@pytest.mark.parametrize("ways", [(True, True), (True, False), (False, True)])
def test_when_it_is_opened_again_they_hear_of_it_once(ways, opened, tove, ada, signed_in):
    choose_ways(ada, {"enrolled": ways})
    put_in(tove, opened, ada)
    unpublish_course(opened)
    later()

    publish_course(opened)
    later()
    unpublish_course(opened)
    publish_course(opened)
    later()

    on_bell, by_mail = ways
    assert mailed() == [ada.email] * by_mail
    assert bell(signed_in(ada)).count("You are in the course") == on_bell


def test_who_had_the_mail_before_the_course_was_hidden_keeps_it(opened, ada, person):
    enroll(ada, opened)
    later()
    grace = person("Grace Hopper")
    enroll(grace, opened)
    unpublish_course(opened)
    later()

    assert mailed() == [ada.email]
    assert Notice.objects.get().person == ada


def test_who_was_told_by_the_bell_alone_keeps_it_when_the_course_is_hidden(
    opened, tove, ada, person
):
    choose_ways(ada, {"enrolled": (True, False)})
    enroll(ada, opened)
    later()
    told = Notice.objects.get(person=ada).at

    put_in(tove, opened, person("Grace Hopper"))
    unpublish_course(opened)
    later()
    publish_course(opened)
    later()

    assert Notice.objects.get(person=ada).at == told
    assert Notice.objects.get(person__full_name="Grace Hopper").at > told


def test_a_course_that_is_hidden_while_mails_go_out_is_told_to_nobody_else(
    opened, ada, person, monkeypatch
):
    send = mail.EmailMessage.send

    def meanwhile(message):
        unpublish_course(opened)
        return send(message)

    monkeypatch.setattr(mail.EmailMessage, "send", meanwhile)
    for each in (ada, person("Grace Hopper")):
        enroll(each, opened)

    later()

    assert mailed() == [ada.email]


def test_a_course_that_is_hidden_and_opened_in_time_is_told(opened, ada):
    enroll(ada, opened)
    unpublish_course(opened)
    publish_course(opened)

    later()

    assert mailed() == [ada.email]


@two_writers
def test_who_opens_the_course_as_its_notices_are_withdrawn_tells_it_anew(
    opened, ada, beside, until_somebody_waits
):
    enroll(ada, opened)
    unpublish_course(opened)
    Notice.objects.update(hold_until=clock.now())

    with transaction.atomic():
        assert withdraw_untrue("enrolled", f"course-{opened.pk}")
        opening = beside(lambda: publish_course(Course.objects.get(pk=opened.pk)))
        until_somebody_waits()
    opening.join()

    assert Notice.objects.get().person == ada


def test_of_a_certificate_that_is_revoked_nobody_hears_and_of_the_new_one_they_do(seat, add, ada):
    record(seat.pk, add("page").pk, Result(verb="completed", finished=True))
    certificate = Certificate.objects.get()

    new = reissue(certificate, "The name was wrong.")
    keys = Notice.objects.filter(kind="certificate").values_list("key", flat=True)
    assert list(keys) == [f"certificate-{new.pk}"]

    revoke(new, "By mistake.")
    later()

    assert not any("certificate" in message.subject for message in mail.outbox)


def test_who_is_suspended_gets_no_mail_also_not_after(opened, ada, otto, person, signed_in):
    grace = person("Grace Hopper")
    for each in (ada, grace):
        enroll(each, opened)

    suspend(ada, by=otto)
    later()
    assert mailed() == [grace.email]

    reinstate(ada)
    send_mails(kind="enrolled", key=f"course-{opened.pk}")
    assert mailed() == [grace.email]
    assert "You are in the course" in bell(signed_in(ada))


def test_who_is_suspended_while_mails_go_out_gets_none(ada, otto, person, monkeypatch):
    grace = person("Grace Hopper")
    tell([ada.pk, grace.pk], "enrolled", "course-1", "/courses/x", {"course": "X"})
    send, waiting = mail.EmailMessage.send, {ada.email: grace, grace.email: ada}

    def meanwhile(message):
        suspend(waiting[message.to[0]], by=otto)
        return send(message)

    monkeypatch.setattr(mail.EmailMessage, "send", meanwhile)
    later()

    assert len(mail.outbox) == 1
