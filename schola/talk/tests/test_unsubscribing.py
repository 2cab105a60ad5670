"""Mails say how they are switched off, and one click does it without a sign-in."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.test import Client

from schola.kernel import clock
from schola.kernel.hosts import forget_hosts
from schola.kernel.jobs import run_waiting
from schola.kernel.models import Job, Organization
from schola.kernel.tenants import acting_in
from schola.people.actions import add_person, invite
from schola.talk.actions import choose_ways, tell
from schola.talk.models import Notice, NoticeChoice
from schola.talk.unsubscribing import signer

CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def mailed(ada):
    """Tell Ada that she is in a course, and let the mails go out: mailed() returns those sent."""

    def send(key="course-1"):
        tell([ada.pk], "enrolled", key, "/courses/x", {"course": "X"})
        past = clock.now() - timedelta(seconds=1)
        Notice.objects.update(hold_until=past)
        Job.objects.filter(state="waiting").update(run_at=past)
        run_waiting()
        return mail.outbox

    return send


@pytest.fixture
def program():
    """The server of a mail program: it has no cookie and no token, and says no origin."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def path(mailed):
    """Return the path of the address in the headers of a mail to Ada."""
    (message,) = mailed()
    return re.fullmatch(
        r"<http://schola\.localhost:8000(/unsubscribe/.+)>",
        message.extra_headers["List-Unsubscribe"],
    )[1]


def choices():
    return list(NoticeChoice.objects.values_list("kind", "bell", "mail"))


def test_a_mail_carries_the_headers_of_one_click_as_they_are(mailed):
    (message,) = mailed()

    read = message_from_bytes(message.message().as_bytes(linesep="\r\n"), policy=policy.SMTP)
    address = read["List-Unsubscribe"].strip()
    assert re.fullmatch(r"<http://schola\.localhost:8000/unsubscribe/[\w:-]+>", address)
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_ends_with_why_it_comes_and_how_it_is_switched_off(mailed):
    (message,) = mailed()

    foot = message.body.partition("--\n")[2]
    assert "because mails about “New courses” are switched on for you" in foot
    assert message.extra_headers["List-Unsubscribe"].strip("<>") in foot
    assert "/me/notifications" in foot


def test_a_mail_that_must_be_sent_has_no_such_header(ada):
    invite(ada)
    run_waiting()

    (message,) = mail.outbox
    assert not {"List-Unsubscribe", "List-Unsubscribe-Post"} & message.extra_headers.keys()


def test_one_click_switches_the_mails_of_the_kind_off_and_leaves_the_bell(path, program, mailed):
    answer = program.post(path, CLICK)

    assert answer.status_code == 200
    assert "These mails are switched off" in answer.text
    assert "/me/notifications" in answer.text
    assert choices() == [("enrolled", True, False)]
    assert len(mailed("course-2")) == 1
    assert Notice.objects.filter(bell=True).count() == 2


def test_a_click_may_come_twice_and_as_multipart_or_as_words(path, program):
    words = "List-Unsubscribe=One-Click"

    program.post(path, CLICK)
    program.post(path, words, content_type="application/x-www-form-urlencoded")

    assert choices() == [("enrolled", True, False)]


def test_what_was_chosen_of_the_bell_stays(path, program, ada):
    choose_ways(ada, {"enrolled": (False, True), "marked": (True, True)})

    program.post(path, CLICK)

    assert sorted(choices()) == [("enrolled", False, False), ("marked", True, True)]


def test_a_look_changes_nothing_and_shows_one_button_that_does(path, program):
    page = program.get(path).text

    assert choices() == []
    assert page.count("<button") == 1
    assert 'name="List-Unsubscribe" value="One-Click"' in page
    assert "switched off" in program.post(path, CLICK).text
    assert "<button" not in program.get(path).text


@pytest.mark.parametrize("body", [{}, {"List-Unsubscribe": "Perhaps"}])
def test_another_body_changes_nothing_and_says_so(body, path, program):
    answer = program.post(path, body)

    assert answer.status_code == 422
    assert "Nothing was changed" in answer.text
    assert choices() == []


def test_a_page_of_another_site_cannot_click(path, program):
    assert program.post(path, CLICK, headers={"Origin": "https://evil.example"}).status_code == 403
    assert choices() == []


def test_a_forged_address_and_one_of_nobody_are_not_there(path, program, school, ada):
    organization, person = school.pk, ada.pk
    seal = path.rpartition(":")[2]
    others = [
        [organization, person, "marked"],
        [organization, person, "nonsense"],
        [organization, 0, "enrolled"],
        [organization + 1, person, "enrolled"],
    ]
    signed = [signer.sign_object(each) for each in others]
    forged = f"{signed[0].rpartition(':')[0]}:{seal}"

    for token in ("none", path[13:-1] + "-", forged, *signed[1:]):
        answer = program.post(f"/unsubscribe/{token}", CLICK)
        assert answer.status_code == 404
        assert "This address is not complete" in answer.text
    assert choices() == []


def test_the_address_works_at_the_host_of_its_school_and_nowhere_else(school, program):
    theirs = Organization.objects.create(name="Theirs", host="theirs.example.net")
    forget_hosts()
    with acting_in(theirs.pk):
        bo = add_person("bo@example.org", "Bo", invited=False)
        token = signer.sign_object([theirs.pk, bo.pk, "enrolled"])

    here = program.post(f"/unsubscribe/{token}", CLICK)
    there = program.post(f"/unsubscribe/{token}", CLICK, headers={"Host": "theirs.example.net"})

    assert (here.status_code, there.status_code) == (404, 200)
    with acting_in(theirs.pk):
        assert choices() == [("enrolled", True, False)]


def test_a_look_takes_two_queries_and_a_click_three(path, program, django_assert_num_queries):
    program.get(path)  # the host is known for some seconds

    with django_assert_num_queries(2):
        program.get(path)
    with django_assert_num_queries(3):
        program.post(path, CLICK)


def test_the_log_does_not_know_the_address(path, program, caplog):
    with caplog.at_level("INFO", "schola.requests"):
        program.get(path)

    assert "/unsubscribe/…" in caplog.text
    assert path not in caplog.text
