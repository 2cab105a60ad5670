"""A learner is told that a certificate is revoked, unless it is put right in time."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils.formats import date_format

from schola.completion.certificates import issue_instead, reissue, revoke
from schola.completion.models import Certificate
from schola.courses.activity_types import Result
from schola.kernel import clock
from schola.kernel.jobs import run_waiting
from schola.kernel.models import Job
from schola.records.actions import record
from schola.talk.acts import act_of
from schola.talk.models import Notice

WORDS = "Your certificate for “Algebra” was revoked."


@pytest.fixture
def certificate(seat, add):
    """A certificate of which its owner has heard."""
    record(seat.pk, add("page").pk, Result(verb="completed", finished=True))
    later()
    mail.outbox.clear()
    return Certificate.objects.get()


def later():
    """Let the half minute pass and the mails go out."""
    past = clock.now() - timedelta(seconds=1)
    Notice.objects.filter(hold_until__gt=past).update(hold_until=past)
    Job.objects.filter(state="waiting").update(run_at=past)
    run_waiting()


def subjects():
    return [message.subject for message in mail.outbox]


def test_the_learner_is_told_by_bell_and_by_mail(certificate, signed_in, ada):
    revoke(certificate, "By mistake.")
    later()

    assert WORDS in signed_in(ada).get("/notifications").text
    assert subjects() == [WORDS]
    assert "/me/certificates" in mail.outbox[0].body


def test_whoever_revokes_it_may_take_the_telling_back(certificate, office):
    url = f"/certificates/{certificate.number}/change"

    page = office.post(url, {"revoke": "1", "reason": "By mistake."}, follow=True).text
    assert "1 person will be told in 30 seconds." in page
    act = Notice.objects.get(kind="revoked").act
    office.post("/notifications/undo", {"act": act.hex})
    later()

    assert subjects() == []
    assert not Notice.objects.filter(kind="revoked").exists()


def test_of_one_that_is_replaced_the_learner_hears_only_of_the_new_one(certificate):
    reissue(certificate, "The name was wrong.")
    later()

    assert subjects() == ["Your certificate for “Algebra” is ready."]


def test_if_another_one_is_issued_in_time_only_that_one_is_told(certificate, otto, ada, signed_in):
    with act_of(otto.pk):
        revoke(certificate, "By mistake.")
    with act_of(otto.pk):
        issue_instead(certificate)
    later()

    assert subjects() == ["Your certificate for “Algebra” is ready."]
    assert WORDS not in signed_in(ada).get("/notifications").text


def test_my_certificates_shows_it_as_revoked_without_its_file(certificate, signed_in, ada):
    revoke(certificate, "By mistake.")
    certificate.refresh_from_db()

    page = signed_in(ada).get("/me/certificates").text

    assert "Revoked" in page
    assert date_format(certificate.revoked_at, "DATE_FORMAT") in page
    assert f"/certificates/{certificate.number}.pdf" not in page
    assert f"/verify/{certificate.number}" in page


def test_my_certificates_shows_the_new_one_instead_of_the_one_it_replaced(
    certificate, signed_in, ada
):
    new = reissue(certificate, "The name was wrong.")

    page = signed_in(ada).get("/me/certificates").text

    assert "Revoked" not in page
    assert f"/certificates/{new.number}.pdf" in page
    assert certificate.number not in page
