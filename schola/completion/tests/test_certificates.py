"""A certificate: issued by itself, opened by its owner, checked by anybody."""

import pytest

from schola.completion.appearance import change_template
from schola.completion.certificates import is_genuine, reissue, revoke, verify_url
from schola.completion.models import Certificate
from schola.completion.tests.test_certificate_pdf import words_of
from schola.courses.activity_types import Result
from schola.kernel.hosts import forget_hosts
from schola.kernel.models import Organization
from schola.records.actions import record

DONE = Result(verb="completed", finished=True)


@pytest.fixture
def certificate(seat, add):
    record(seat.pk, add("page").pk, DONE)
    return Certificate.objects.get()


def test_the_owner_opens_it_as_pdf(certificate, signed_in, ada):
    answer = signed_in(ada).get(f"/certificates/{certificate.number}.pdf")

    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")


def test_it_is_checked_at_the_host_of_its_school(certificate, school):
    Organization.objects.filter(pk=school.pk).update(host="learn.example.net")
    forget_hosts()

    address = f"http://learn.example.net:8000/verify/{certificate.number}"
    assert verify_url(certificate) == address


def test_another_learner_does_not(certificate, signed_in, person):
    eve = signed_in(person("Eve Other"))

    assert eve.get(f"/certificates/{certificate.number}.pdf").status_code == 404


def test_anybody_sees_every_field(certificate, client):
    page = client.get(f"/verify/{certificate.number}").text

    for text in ("genuine", "Ada Lovelace", "Algebra", "School", certificate.number):
        assert text in page


def test_a_changed_field_gives_itself_away(certificate, client):
    certificate.fields["name"] = "Eve Other"
    certificate.save()

    assert not is_genuine(certificate)
    assert "not what was signed" in client.get(f"/verify/{certificate.number}").text


def test_a_revoked_one_says_why(certificate, client):
    revoke(certificate, "Issued by mistake.")

    assert "Issued by mistake." in client.get(f"/verify/{certificate.number}").text


def test_a_corrected_name_gets_a_new_one(certificate, ada, client):
    ada.full_name = "Ada King, Countess of Lovelace"
    ada.save()

    new = reissue(certificate, "The name was corrected.")

    assert new.fields["name"] == ada.full_name
    assert f"/verify/{new.number}" in client.get(f"/verify/{certificate.number}").text


def test_a_number_that_is_none(client, school):
    assert client.get("/verify/abc").status_code == 404


@pytest.fixture
def german(school):
    school.language = "de"
    school.save()


def test_it_is_issued_in_the_language_of_the_school(german, certificate, signed_in, ada):
    words = words_of(signed_in(ada).get(f"/certificates/{certificate.number}.pdf").content)

    assert certificate.look["words"]["title"] == "Zertifikat"
    assert "Hiermit wird bescheinigt" in words
    assert "hat abgeschlossen" in words
    assert "This certifies" not in words
    assert f"{certificate.issued_at:%Y}" in words


def test_the_words_of_a_template_go_before_those_of_the_language(german, seat, add):
    change_template(None, 0, words={"title": "Diploma", "finished": ""}, signatories=[])

    record(seat.pk, add("page").pk, DONE)

    look = Certificate.objects.get().look
    assert look["words"]["title"] == "Diploma"
    assert look["words"]["finished"] == "hat abgeschlossen:"
