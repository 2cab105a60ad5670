"""Certificates as staff meet them: their look, who has one, issuing again, revoking."""

import re
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdfium2 import PdfDocument

from schola.completion.certificates import reissue
from schola.completion.models import Certificate, CertificateTemplate, Completion
from schola.courses.activity_types import Result
from schola.kernel.models import AuditEntry
from schola.records.actions import record

DONE = Result(verb="completed", finished=True)


@pytest.fixture
def certificate(seat, add):
    record(seat.pk, add("page").pk, DONE)
    return Certificate.objects.get()


def picture():
    out = BytesIO()
    Image.new("RGB", (300, 100), "#01614d").save(out, "PNG")
    return SimpleUploadedFile("logo.png", out.getvalue(), "image/png")


def look(office, url="/settings/certificates", **more):
    form = {"title": "Diploma", "name_1": "Omar Said", "role_1": "Head", "revision": "0"}
    return office.post(url, form | more)


def test_the_school_sets_logo_words_and_signatories(office, seat, add):
    answer = look(office, logo=picture())

    template = CertificateTemplate.objects.get()
    record(seat.pk, add("page").pk, DONE)
    issued = Certificate.objects.get()
    assert answer.status_code == 302
    assert template.words == {"title": "Diploma"}
    assert issued.look["signatories"] == [{"name": "Omar Said", "role": "Head"}]
    assert issued.look["logo"] == template.logo != ""
    assert office.get(f"/certificates/{issued.number}.pdf").content.startswith(b"%PDF-")


def test_a_course_may_look_otherwise(office, seat, add):
    look(office)
    look(office, "/courses/algebra/certificate", title="Algebra diploma")

    record(seat.pk, add("page").pk, DONE)

    assert Certificate.objects.get().look["words"]["title"] == "Algebra diploma"


COURSE_LOOK = "/courses/algebra/certificate"
NO_LOOK = f"{COURSE_LOOK}/school-look"


def test_a_course_goes_back_to_the_look_of_the_school(office, course, seat, add):
    look(office)
    assert NO_LOOK not in office.get(COURSE_LOOK).text
    look(office, COURSE_LOOK, title="Algebra diploma")
    assert NO_LOOK in office.get(COURSE_LOOK).text

    answer = office.post(NO_LOOK, {"revision": "1"}, follow=True)

    record(seat.pk, add("page").pk, DONE)
    assert "look as the school says" in answer.text
    assert NO_LOOK not in answer.text
    assert Certificate.objects.get().look["words"]["title"] == "Diploma"
    entry = AuditEntry.objects.get(act="certificates.own-look-dropped")
    assert (entry.object_kind, entry.object_id) == ("course", str(course.pk))


def test_a_look_that_is_taken_away_twice_is_taken_away_once(office, course):
    look(office, COURSE_LOOK)

    answers = [office.post(NO_LOOK, {"revision": "1"}).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert AuditEntry.objects.filter(act="certificates.own-look-dropped").count() == 1


def test_a_look_that_somebody_else_changed_meanwhile_is_not_taken_away(office, course):
    look(office, COURSE_LOOK)
    look(office, COURSE_LOOK, title="Newer", revision="1")

    assert office.post(NO_LOOK, {"revision": "1"}).status_code == 409
    assert CertificateTemplate.objects.get().words == {"title": "Newer"}


def test_whoever_still_writes_the_look_that_was_taken_away_is_told(office, course):
    look(office, COURSE_LOOK)
    office.post(NO_LOOK, {"revision": "1"})

    assert look(office, COURSE_LOOK, title="Newer", revision="1").status_code == 409
    assert not CertificateTemplate.objects.exists()


@pytest.mark.parametrize("url", ["/settings/certificates", "/courses/algebra/certificate"])
def test_a_specimen_shows_the_look(office, course, url):
    look(office, url, logo=picture())

    answer = office.get(f"{url}/specimen.pdf")

    assert answer.content.startswith(b"%PDF-")


def test_two_who_write_at_once_do_not_undo_each_other(office, school):
    look(office)

    assert look(office, title="Other").status_code == 409
    assert CertificateTemplate.objects.get().words == {"title": "Diploma"}


def test_what_is_no_picture_is_refused(office, school):
    answer = look(office, logo=SimpleUploadedFile("logo.png", b"nonsense", "image/png"))

    assert answer.status_code == 422
    assert not CertificateTemplate.objects.exists()


def test_a_certificate_is_issued_again_from_the_list(office, certificate, ada):
    ada.full_name = "Ada King"
    ada.save()
    assert "Ada Lovelace" in office.get("/courses/algebra/certificates").text

    office.post(f"/certificates/{certificate.number}/change", {"reissue": "1", "reason": "Name"})

    new = Certificate.objects.get(revoked_at=None)
    assert new.fields["name"] == "Ada King"
    assert AuditEntry.objects.filter(act="certificate.reissued").exists()


def test_a_certificate_of_a_course_that_is_reopened_is_issued_again(office, certificate, ada):
    Completion.objects.update(completed_at=None)
    ada.full_name = "Ada King"
    ada.save()

    office.post(f"/certificates/{certificate.number}/change", {"reissue": "1", "reason": "Name"})

    new = Certificate.objects.get(revoked_at=None)
    assert new.fields["name"] == "Ada King"
    for key in ("completed_on", "grade"):
        assert new.fields[key] == certificate.fields[key]


def test_two_clicks_issue_one_certificate(office, certificate):
    page = office.get("/courses/algebra/certificates").text
    key = re.search(r'name="_key" value="([^"]+)"', page)[1]
    said = {"reissue": "1", "reason": "Name", "_key": key}

    answers = [
        office.post(f"/certificates/{certificate.number}/change", said).status_code
        for _ in range(2)
    ]

    assert answers == [302, 302]
    assert Certificate.objects.count() == 2


def test_a_certificate_that_was_read_before_another_replaced_it_is_refused(certificate):
    read_before = Certificate.objects.get(pk=certificate.pk)
    reissue(certificate, "Name")

    with pytest.raises(ValidationError, match="not valid any more"):
        reissue(read_before, "Name")

    assert Certificate.objects.count() == 2


def test_a_certificate_is_revoked_with_a_reason(office, certificate, client):
    url = f"/certificates/{certificate.number}/change"

    assert office.post(url, {"revoke": "1", "reason": " "}).status_code == 422
    office.post(url, {"revoke": "1", "reason": "Issued by mistake."})

    assert "Issued by mistake." in client.get(f"/verify/{certificate.number}").text
    assert AuditEntry.objects.filter(act="certificate.revoked").exists()


def test_an_instructor_sees_them_and_changes_none(signed_in, tove, certificate):
    browser = signed_in(tove)

    assert "Ada Lovelace" in browser.get("/courses/algebra/certificates").text
    answer = browser.post(f"/certificates/{certificate.number}/change", {"revoke": "1"})
    assert answer.status_code == 403


def test_the_public_page_says_when_it_was_completed(certificate, client):
    assert "Completed" in client.get(f"/verify/{certificate.number}").text


def test_the_title_is_that_of_the_file_and_its_field_says_so(office, seat, add):
    look(office)
    record(seat.pk, add("page").pk, DONE)
    number = Certificate.objects.get().number

    document = PdfDocument(office.get(f"/certificates/{number}.pdf").content)

    assert document.get_metadata_value("Title").startswith("Diploma: Ada Lovelace")
    assert "Diploma" not in document[0].get_textpage().get_text_range()
    assert "It is not printed." in office.get("/settings/certificates").text


def test_whoever_writes_the_reason_is_told_who_reads_it(office, certificate):
    page = office.get("/courses/algebra/certificates").text

    assert f'aria-describedby="reason-{certificate.pk}-hint"' in page
    assert "Everybody who checks the certificate reads it." in page
