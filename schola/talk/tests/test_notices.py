"""People are told once, may read it on the bell, and get a mail unless it was taken back."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.db import connection

from schola.courses.activity_types import Result, Score
from schola.kernel import clock
from schola.kernel.jobs import run_waiting
from schola.kernel.models import Job
from schola.people.actions import add_person
from schola.records.actions import begin, finish, mark, record
from schola.talk.actions import send_mails, tell
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
    Notice.objects.update(mailed_at=None)  # as if the answer of the server was lost

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


REFUSED = SMTPDataError(554, b"no")
LATER = [
    SMTPDataError(451, b"later"),
    SMTPRecipientsRefused({"ada@example.org": (450, b"greylisted")}),
    SMTPServerDisconnected("gone"),
]


def failing_for(address, error, monkeypatch):
    """Let the mail server fail for one address."""
    send = mail.EmailMessage.send

    def fail(message):
        if message.to == [address]:
            raise error
        return send(message)

    monkeypatch.setattr(mail.EmailMessage, "send", fail)


def told(*people):
    """Tell people something whose time to undo it is over."""
    tell([person.pk for person in people], "enrolled", "course-1", "/courses/x", {"course": "X"})
    Notice.objects.update(hold_until=clock.now() - timedelta(seconds=1))


@pytest.mark.parametrize("error", LATER)
def test_a_mail_that_fails_keeps_nobody_from_theirs_and_is_sent_later(
    error, ada, person, monkeypatch
):
    other = person("Grace Hopper")
    told(ada, other)

    with monkeypatch.context() as failing:
        failing_for(ada.email, error, failing)
        with pytest.raises(type(error)):
            send_mails(kind="enrolled", key="course-1")
    first = [message.to for message in mail.outbox]
    send_mails(kind="enrolled", key="course-1")

    assert first == [[other.email]]
    assert [message.to for message in mail.outbox] == [[other.email], [ada.email]]


def test_a_mail_that_the_server_never_takes_is_not_repeated(ada, monkeypatch):
    told(ada)
    failing_for(ada.email, REFUSED, monkeypatch)

    send_mails(kind="enrolled", key="course-1")

    assert not Notice.objects.filter(mailed_at=None).exists()


def test_two_jobs_at_the_same_moment_send_one_mail_to_each(ada, person, monkeypatch):
    told(ada, person("Grace Hopper"))
    send, jobs = mail.EmailMessage.send, iter([send_mails])

    def meanwhile(message):
        for job in jobs:
            job(kind="enrolled", key="course-1")
        return send(message)

    monkeypatch.setattr(mail.EmailMessage, "send", meanwhile)
    send_mails(kind="enrolled", key="course-1")

    addresses = sorted(message.to[0] for message in mail.outbox)
    assert addresses == ["ada@example.org", "grace@example.org"]


@pytest.mark.parametrize("error", [None, SMTPServerDisconnected("gone")])
def test_what_is_told_anew_during_a_mail_is_mailed_too(error, ada, monkeypatch):
    told(ada)
    send = mail.EmailMessage.send

    def meanwhile(message):
        tell([ada.pk], "enrolled", "course-1", "/courses/x", {"course": "Y"})
        if error:
            raise error
        return send(message)

    with monkeypatch.context() as slow:
        slow.setattr(mail.EmailMessage, "send", meanwhile)
        with suppress(SMTPServerDisconnected):
            send_mails(kind="enrolled", key="course-1")
    half_a_minute_later()

    assert "“Y”" in mail.outbox[-1].subject
    assert len(mail.outbox) == (1 if error else 2)
