"""People are told once, may read it on the bell, and get a mail unless it was taken back."""

from datetime import timedelta

import pytest
from django.core import mail

from schola.courses.activity_types import Result
from schola.kernel import clock
from schola.kernel.jobs import run_waiting
from schola.kernel.models import Job
from schola.people.actions import add_person
from schola.records.actions import record
from schola.talk.actions import take_back, tell
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
