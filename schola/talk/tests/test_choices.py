"""People choose by which ways they hear of each kind of notice, and are heard."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from schola.kernel import clock
from schola.kernel.jobs import run_waiting
from schola.kernel.models import Job, Organization
from schola.people.actions import invite
from schola.talk.actions import choose_ways, tell
from schola.talk.models import Notice, NoticeChoice

BELL, MAIL, BOTH, NEITHER = (True, False), (False, True), (True, True), (False, False)


def told_and_mailed(person):
    """Tell somebody one thing and let its mail go out."""
    tell([person.pk], "enrolled", "course-1", "/courses/x", {"course": "X"})
    mails_go_out()


def mails_go_out():
    past = clock.now() - timedelta(seconds=1)
    Notice.objects.update(hold_until=past)
    Job.objects.filter(state="waiting").update(run_at=past)
    run_waiting()


@pytest.mark.parametrize(
    ("ways", "on_bell", "by_mail"),
    [(BELL, True, False), (MAIL, False, True), (BOTH, True, True), (NEITHER, False, False)],
)
def test_people_hear_of_a_kind_as_they_have_chosen(ways, on_bell, by_mail, ada, signed_in):
    choose_ways(ada, {"enrolled": ways})

    told_and_mailed(ada)

    page = signed_in(ada).get("/notifications").text
    assert ("You are in the course" in page) == on_bell
    assert bool(mail.outbox) == by_mail


def test_one_kind_switched_off_leaves_the_others(ada):
    choose_ways(ada, {"marked": NEITHER})

    told_and_mailed(ada)

    assert len(mail.outbox) == 1


def test_who_chooses_in_the_half_minute_gets_no_mail_any_more(ada):
    tell([ada.pk], "enrolled", "course-1", "/courses/x", {"course": "X"})
    choose_ways(ada, {"enrolled": BELL})

    mails_go_out()

    assert mail.outbox == []


def test_who_wants_neither_is_not_among_those_told(ada):
    choose_ways(ada, {"enrolled": NEITHER})

    told_and_mailed(ada)

    assert not Notice.objects.exists()


def test_choices_are_kept_on_the_page(ada, signed_in):
    browser = signed_in(ada)

    page = browser.post(
        "/me/notifications", {"enrolled-bell": "on", "marked-mail": "on"}, follow=True
    ).text

    assert "Saved." in page
    rows = NoticeChoice.objects.filter(person=ada).order_by("kind")
    assert list(rows.values_list("kind", "bell", "mail")) == [
        ("again", False, False),
        ("certificate", False, False), ("enrolled", True, False), ("marked", False, True),
        ("revoked", False, False),
    ]  # fmt: skip
    assert page.count(" checked") == 2


def test_invitations_cannot_be_switched_off_and_the_page_says_so(ada, signed_in):
    choose_ways(ada, dict.fromkeys(("invitation", "enrolled", "marked"), NEITHER))

    invite(ada)
    run_waiting()

    assert len(mail.outbox) == 1
    assert "without it you could not join" in signed_in(ada).get("/me/notifications").text


def test_a_mail_says_where_to_choose(ada):
    told_and_mailed(ada)

    assert mail.outbox[0].body.count("/me/notifications") == 1


def test_the_addresses_in_a_mail_are_at_the_host_of_the_school(ada, school):
    Organization.objects.filter(pk=school.pk).update(host="learn.example.net")

    told_and_mailed(ada)
    invite(ada)
    run_waiting()

    addresses = re.findall(r"https?://[^/\s]+", "".join(each.body for each in mail.outbox))
    assert len(mail.outbox) == 2
    assert set(addresses) == {"http://learn.example.net:8000"}
