"""People are told once, may read it on the bell, and get a mail unless it was taken back."""

from datetime import timedelta
from decimal import Decimal
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.db import connection

from schola.courses.activity_types import Result, Score
from schola.kernel import clock
from schola.kernel.jobs import run_waiting
from schola.kernel.models import Job
from schola.people.actions import add_person
from schola.records.actions import begin, finish, mark, record
from schola.talk.actions import send_mails, take_back, tell
from schola.talk.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)


def half_a_minute_later():
    past = clock.now() - timedelta(seconds=1)
    Job.objects.filter(state="waiting").update(run_at=past)
    Notice.objects.update(hold_until=past)
    run_waiting()


def test_an_invitation_brings_its_link(school, client):
    add_person("grace@example.org", "Grace Hopper")

    run_waiting()

    (message,) = mail.outbox
    assert message.to == ["grace@example.org"]
    path = message.body.split("http://schola.localhost:8000")[1].split()[0]
    assert client.get(path).status_code == 200


def test_a_certificate_is_announced(seat, add, signed_in, ada):
    record(seat.pk, add("page").pk, Result(verb="completed", finished=True))
    run_waiting()

    assert "Your certificate for “Algebra” is ready." in signed_in(ada).get("/notifications").text
    half_a_minute_later()
    assert any("certificate" in message.subject for message in mail.outbox)


def test_a_mark_is_told_as_it_is_shown_elsewhere(seat, add, signed_in, ada):
    essay = add("assignment", title="Essay", points=8)
    attempt = begin(seat.pk, essay.pk)
    finish(attempt.pk, Result(verb="completed", finished=True))
    mark(attempt.pk, Score(Decimal("7.142857"), Decimal("8.00")))
    run_waiting()

    browser = signed_in(ada)
    assert "“Essay” was marked: 7.14 of 8." in browser.get("/notifications").text
    assert "7.14 of 8" in browser.get("/courses/algebra/grades").text


def test_telling_twice_is_one_row_and_one_mail(ada):
    for _ in range(2):
        tell([ada.pk], "enrolled", "course-1", "/courses/x", {"course": "X"})

    half_a_minute_later()

    assert Notice.objects.count() == 1
    assert len(mail.outbox) == 1


def test_what_is_taken_back_is_not_mailed(ada):
    tell([ada.pk], "enrolled", "course-1", "/courses/x", {"course": "X"})

    assert take_back("enrolled", "course-1") == 1
    half_a_minute_later()

    assert mail.outbox == []


def test_no_transaction_is_open_while_the_mail_server_answers(ada, monkeypatch):
    open_ones = []
    send = mail.EmailMessage.send
    seen = lambda message: (open_ones.append(connection.in_atomic_block), send(message))[1]  # noqa: E731
    monkeypatch.setattr(mail.EmailMessage, "send", seen)
    tell([ada.pk], "enrolled", "course-1", "/courses/x", {"course": "X"})

    half_a_minute_later()

    assert open_ones == [False]


def test_a_mail_that_is_repeated_after_a_crash_has_the_same_name(ada):
    tell([ada.pk], "enrolled", "course-1", "/courses/x", {"course": "X"})
    half_a_minute_later()
    Notice.objects.update(mailed_at=None)  # as if killed before it was written down

    send_mails(kind="enrolled", key="course-1")

    first, second = (message.message()["Message-ID"] for message in mail.outbox)
    assert first == second


def test_an_address_that_is_refused_does_not_keep_others_from_their_mail(ada, person, monkeypatch):
    other = person("Grace Hopper")
    send = mail.EmailMessage.send

    def refuse(message):
        if message.to == [ada.email]:
            raise SMTPRecipientsRefused({ada.email: (550, b"unknown")})
        return send(message)

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    tell([ada.pk, other.pk], "enrolled", "course-1", "/courses/x", {"course": "X"})

    half_a_minute_later()

    assert [message.to for message in mail.outbox] == [[other.email]]
    assert not Notice.objects.filter(mailed_at=None).exists()
