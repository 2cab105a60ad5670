from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from schola.completion.certificate_pdf import (
    CertificateFields,
    Signatory,
    TemplateFields,
    qr_code,
    render,
)

CERTIFICATE = CertificateFields(
    learner="Amara Okafor",
    course="Introduction to Statistics",
    number="NC-2026-7F3K-91QD",
    issued_on="18 December 2026",
    issued_at=datetime(2026, 12, 18, 9, 30, tzinfo=UTC),
    verify_url="https://northgate.example/verify/NC-2026-7F3K-91QD?t=abc",
    details="30 hours of study, final grade 84%",
)
TEMPLATE = TemplateFields(
    school="Northgate College",
    signatories=(Signatory("Dr Lena Hartmann", "Instructor"),),
    check_at="northgate.example/verify",
)


def words_of(pdf):
    page = pypdfium2.PdfDocument(pdf)[0]
    return " ".join(page.get_textpage().get_text_range().split())


def test_a_certificate_says_all_its_fields_on_one_page():
    pdf = render(CERTIFICATE, TEMPLATE)
    document, words = pypdfium2.PdfDocument(pdf), words_of(pdf)

    assert len(document) == 1
    assert [round(side * 25.4 / 72) for side in document[0].get_size()] == [297, 210]
    for text in ("Amara Okafor", "Introduction to Statistics", "NC-2026-7F3K-91QD"):
        assert text in words
    for text in ("18 December 2026", "Dr Lena Hartmann", "final grade 84%", "Northgate College"):
        assert text in words


def test_a_certificate_is_tagged_for_screen_readers():
    pdf = render(CERTIFICATE, TEMPLATE)

    assert pypdfium2.PdfDocument(pdf).is_tagged()
    assert b"pdfuaid" in pdf
    assert b"/Lang" in pdf


def test_the_same_fields_give_the_same_file():
    assert render(CERTIFICATE, TEMPLATE) == render(CERTIFICATE, TEMPLATE)


@pytest.mark.parametrize(
    "learner", ["A", "Ł" * 90, "محمد الأحمد", '#panic() $x$ [b] *c* \\ "d"', "<script>&amp;"]
)
def test_any_name_fits_on_the_page_and_is_only_a_name(learner):
    pdf = render(replace(CERTIFICATE, learner=learner), TEMPLATE)

    assert len(pypdfium2.PdfDocument(pdf)) == 1


def test_other_languages_use_their_own_words_and_direction():
    words = {"certifies": "نشهد بأن", "finished": "أكمل"}

    pdf = render(CERTIFICATE, replace(TEMPLATE, language="ar", words=words))

    assert "has finished" not in words_of(pdf)


def test_a_school_may_bring_its_logo():
    picture = BytesIO()
    Image.new("RGB", (60, 20), "#aa2244").save(picture, "PNG")

    pdf = render(CERTIFICATE, replace(TEMPLATE, logo=picture.getvalue()))
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil()

    assert any(abs(r - 0xAA) + abs(g - 0x22) < 8 for _, (r, g, _b) in page.getcolors(10**6))


def test_a_logo_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="PNG or JPEG"):
        render(CERTIFICATE, replace(TEMPLATE, logo=b"<svg/>"))


def test_the_qr_code_is_a_picture_of_the_address():
    assert qr_code("https://a.example/1") != qr_code("https://a.example/2")
    assert qr_code("https://a.example/1").startswith("<svg")
