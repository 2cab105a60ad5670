"""What follows when a certificate was revoked: another one instead, and who is told."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format

from schola.completion.certificates import issue_instead, reissue, revoke
from schola.completion.models import Certificate, Completion
from schola.courses.activity_types import Result
from schola.kernel.models import AuditEntry
from schola.kernel.tests.writers import two_writers
from schola.records.actions import record

DONE = Result(verb="completed", finished=True)


@pytest.fixture
def certificate(seat, add):
    record(seat.pk, add("page").pk, DONE)
    return Certificate.objects.get()


@pytest.fixture
def revoked(certificate):
    revoke(certificate, "By mistake.")
    return certificate


def instead(browser, certificate, **more):
    return browser.post(f"/certificates/{certificate.number}/change", {"instead": "1"} | more)


def test_after_a_revocation_by_mistake_another_one_is_issued(office, revoked, client):
    assert 'name="instead"' in office.get("/courses/algebra/certificates").text

    answer = instead(office, revoked)

    new = Certificate.objects.get(revoked_at=None)
    assert answer.status_code == 302
    assert new.number != revoked.number
    assert f"/verify/{new.number}" in client.get(f"/verify/{revoked.number}").text
    assert AuditEntry.objects.filter(act="certificate.reissued", object_id=revoked.pk).exists()
    assert 'name="instead"' not in office.get("/courses/algebra/certificates").text


def test_two_clicks_issue_one_instead(office, revoked):
    page = office.get("/courses/algebra/certificates").text
    key = re.search(r'name="_key" value="([^"]+)"', page)[1]

    answers = [instead(office, revoked, _key=key).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Certificate.objects.count() == 2


def test_nobody_gets_a_second_valid_one_instead(office, certificate):
    new = reissue(certificate, "The name was wrong.")

    for each in (certificate, new):
        answer = instead(office, each)
        assert answer.status_code == 422
        assert "has a valid certificate" in answer.text

    assert Certificate.objects.count() == 2


def test_one_that_was_replaced_is_not_replaced_once_more(office, certificate):
    revoke(reissue(certificate, "The name was wrong."), "By mistake.")

    assert office.get("/courses/algebra/certificates").text.count('name="instead"') == 1
    answer = instead(office, certificate)

    assert answer.status_code == 422
    assert "was replaced by another one" in answer.text


def test_none_is_issued_instead_while_the_course_is_not_completed(office, revoked):
    Completion.objects.update(completed_at=None)

    assert 'name="instead"' not in office.get("/courses/algebra/certificates").text
    answer = instead(office, revoked)

    assert answer.status_code == 422
    assert "not completed the course" in answer.text
    assert Certificate.objects.count() == 1


def test_an_instructor_issues_none_instead(signed_in, tove, revoked):
    browser = signed_in(tove)

    assert 'name="instead"' not in browser.get("/courses/algebra/certificates").text
    assert instead(browser, revoked).status_code == 403


@two_writers
@pytest.mark.django_db(transaction=True)
def test_of_two_who_issue_one_instead_at_once_the_second_is_refused(
    revoked, beside, until_somebody_waits
):
    refused = []

    def second():
        with pytest.raises(ValidationError, match="has a valid certificate"):
            issue_instead(revoked)
        refused.append(True)

    with transaction.atomic():
        issue_instead(revoked)
        other = beside(second)
        until_somebody_waits()
    other.join()

    assert refused
    assert Certificate.objects.filter(revoked_at=None).count() == 1


def test_the_file_of_one_that_is_revoked_says_so_to_owner_and_staff(
    office, signed_in, ada, certificate
):
    revoke(certificate, "By mistake.")
    day = date_format(certificate.revoked_at, "DATE_FORMAT")

    for browser in (office, signed_in(ada)):
        answer = browser.get(f"/certificates/{certificate.number}.pdf")
        assert answer.status_code == 410
        assert f"revoked on {day}" in answer.text
        assert "%PDF" not in answer.text


def test_the_file_of_one_that_is_revoked_is_not_there_for_others(signed_in, person, revoked):
    eve = signed_in(person("Eve Other"))

    assert eve.get(f"/certificates/{revoked.number}.pdf").status_code == 404


def test_the_file_of_one_that_was_replaced_says_so(office, certificate):
    reissue(certificate, "The name was wrong.")

    answer = office.get(f"/certificates/{certificate.number}.pdf")

    assert answer.status_code == 410
    assert "was replaced on" in answer.text


def test_the_list_leads_from_a_revoked_one_to_its_public_page(office, revoked):
    page = office.get("/courses/algebra/certificates").text

    assert f'href="/verify/{revoked.number}"' in page
    assert f"/certificates/{revoked.number}.pdf" not in page
