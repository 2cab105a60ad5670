"""The certificate as a tagged PDF (PDF/UA-1), A4 landscape.

typst and segno are loaded on first use. 2 ms of CPU each once the fonts are read.
"""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.utils.translation import gettext_noop as _

from schola.completion.fonts import FAMILIES

TEMPLATE = Path(__file__).with_name("certificate.typ")
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28">'
    '<rect width="28" height="28" rx="8" fill="{color}"/>'
    '<path d="M9 6.5v11.5a3.5 3.5 0 0 0 3.5 3.5H19" fill="none" stroke="#fff" stroke-width="3"'
    ' stroke-linecap="round"/><circle cx="9" cy="8" r="3" fill="#fff"/>'
    '<circle cx="20" cy="21.3" r="3.4" fill="#f7b53d"/></svg>'
)
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}

_one_at_a_time = Lock()


@dataclass(frozen=True)
class CertificateFields:
    """What is true of one certificate, as it is to be read.

    issued_on   a day in the words of the language; issued_at the moment, for the file itself
    verify_url  the address of the page that checks it: all that the QR code carries
    """

    learner: str
    course: str
    number: str
    issued_on: str
    issued_at: datetime
    verify_url: str
    details: str = ""


@dataclass(frozen=True)
class Signatory:
    name: str
    role: str


@dataclass(frozen=True)
class TemplateFields:
    """What all certificates of a school or course share.

    logo   PNG or JPEG; none: the mark of Schola in the school's colour
    words  certifies, finished, date, number, check, scan: each may be changed or translated
    """

    school: str
    signatories: tuple[Signatory, ...] = ()
    logo: bytes | None = None
    color: str = "#01614d"
    language: str = "en"
    check_at: str = ""
    words: dict[str, str] = field(default_factory=dict)


WORDS = {
    "certifies": _("This certifies that"),
    "finished": _("has finished"),
    "date": _("Date"),
    "number": _("Number"),
    "check": _("Check at"),
    "scan": _("QR code with the address at which this certificate can be checked"),
    "title": _("Certificate"),
}  # in English; the catalogues have them in other languages


def render(
    certificate: CertificateFields, template: TemplateFields, fonts: Path | None = None
) -> bytes:
    """Return the PDF. The same fields give the same bytes.

    fonts: a folder with .ttf files (see fonts.font_folder); without it typst's own are used.
    Raises ValueError if the logo is neither PNG nor JPEG.
    """
    fields = json.dumps(_fields(certificate, template))
    with _one_at_a_time:
        return _compiler(fonts).compile(
            input=TEMPLATE.read_bytes(),
            format="pdf",
            sys_inputs={"fields": fields},
            pdf_standards="ua-1",
            timestamp=certificate.issued_at.astimezone(UTC),
        )


def _fields(certificate: CertificateFields, template: TemplateFields) -> dict[str, Any]:
    words = {**WORDS, **template.words}
    return {
        "title": f"{words['title']}: {certificate.learner}, {certificate.course}",
        "school": template.school,
        "color": template.color,
        "language": template.language,
        "rtl": _right_to_left(template),
        "fonts": FAMILIES,
        "words": words,
        "logo": _logo(template),
        "logo_alt": template.school,
        "learner": certificate.learner,
        "course": certificate.course,
        "details": certificate.details,
        "number": certificate.number,
        "signatories": [{"name": who.name, "role": who.role} for who in template.signatories],
        "facts": _facts(certificate, template, words),
        "verify_url": certificate.verify_url,
        "qr": qr_code(certificate.verify_url),
    }


def _facts(
    certificate: CertificateFields, template: TemplateFields, words: dict[str, str]
) -> list[dict[str, str]]:
    facts = {
        words["date"]: certificate.issued_on,
        words["number"]: certificate.number,
        words["check"]: template.check_at,
    }
    return [{"label": label, "value": value} for label, value in facts.items() if value]


def qr_code(url: str) -> str:
    """Return the address as a QR code in SVG."""
    import segno

    code = segno.make(url, micro=False, error="l", boost_error=False)
    return code.svg_inline(omitsize=True, border=2, dark="#10282a", light="#ffffff")


def _right_to_left(template: TemplateFields) -> bool:
    return template.language.split("-")[0] in RIGHT_TO_LEFT


def _logo(template: TemplateFields) -> str:
    """Return the logo as SVG text: a picture is wrapped in one."""
    if template.logo is None:
        return MARK.format(color=template.color)
    edge = "xMinYMid" if _right_to_left(template) else "xMaxYMid"
    for beginning, media_type in PICTURES.items():
        if template.logo.startswith(beginning):
            data = b64encode(template.logo).decode()
            return (
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">'
                f'<image width="300" height="100" preserveAspectRatio="{edge} meet"'
                f' href="data:{media_type};base64,{data}"/></svg>'
            )
    raise ValueError("Use a PNG or JPEG picture as the logo.")


@cache
def _compiler(fonts: Path | None) -> Any:
    import typst

    found = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(fonts)] if fonts else [],
    )
    return typst.Compiler(font_paths=found)
