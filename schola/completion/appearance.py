"""How certificates look: the template of a school or of a course, its logo, and a specimen."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, translation
from django.utils.translation import gettext as _

from schola.completion.certificate_pdf import (
    WORDS,
    CertificateFields,
    Signatory,
    TemplateFields,
    render,
)
from schola.completion.fonts import font_folder
from schola.completion.models import CertificateTemplate
from schola.courses.models import Course
from schola.kernel import clock
from schola.kernel.files import MEGABYTE, Limits, hold, path_of, store, store_picture
from schola.kernel.models import Organization
from schola.kernel.revision import StaleRevision, save_revised

PURPOSE = "certificate-logo"
LOGO = Limits(max_bytes=5 * MEGABYTE, kinds=("image/png",))
LOGO_BOX = (900, 300)  # pixels: three times what is printed
MOST_SIGNATORIES = 3
SPECIMEN = "0" * 27


def template_for(course: Course | None) -> CertificateTemplate:
    """Return the template of the course, or of the organization: a new one if there is none."""
    found = CertificateTemplate.objects.filter(course=course).first()
    return found or CertificateTemplate(course=course, revision=0)


@transaction.atomic
def change_template(course: Course | None, seen: int, **fields: Any) -> CertificateTemplate:
    """Write words, signatories or logo. Certificates that are issued already stay as they are.

    seen  the revision that the writer saw; 0 if there was none. Raises StaleRevision.
    """
    if len(fields.get("signatories", ())) > MOST_SIGNATORIES:
        raise ValidationError(_("At most three people sign a certificate."))
    hold(fields)
    template, made = CertificateTemplate.objects.get_or_create(course=course, defaults=fields)
    if made and seen:  # the look that the writer saw was taken away meanwhile
        raise StaleRevision(0)
    if made:
        return template
    if not seen:
        raise StaleRevision(template.revision)
    save_revised(template, seen, fields)
    return template


@transaction.atomic
def drop_template(course: Course, seen: int) -> bool:
    """Take from a course the look of its own, so that it has that of the school.

    Certificates that are issued already stay as they are. Returns whether it had one; safe to
    repeat. seen  the revision that the writer saw. Raises StaleRevision.
    """
    rows = CertificateTemplate.objects.select_for_update()
    template = rows.filter(course=course).first()
    if template is None:
        return False
    if template.revision != seen:
        raise StaleRevision(template.revision)
    template.delete()
    return True


def store_logo(stream: BinaryIO, name: str) -> str:
    """Keep a picture as PNG in the size of a logo; return its digest. Raises ValidationError."""
    from PIL import Image

    clean = store_picture(stream, name, PURPOSE)
    with Image.open(path_of(clean.sha256), formats=("WEBP",)) as picture:
        picture.thumbnail(LOGO_BOX)
        out = BytesIO()
        picture.convert("RGBA").save(out, "PNG")
    return store(BytesIO(out.getvalue()), "logo.png", PURPOSE, LOGO).sha256


def look_of(course: Course, organization: Organization) -> dict[str, Any]:
    """Return what a certificate of the course keeps of its look: the course's, or the school's."""
    template = CertificateTemplate.objects.filter(course=course).first()
    template = template or CertificateTemplate.objects.filter(course=None).first()
    return _look(template, organization)


def specimen(template: CertificateTemplate, organization: Organization) -> bytes:
    """Return a certificate of nobody as PDF, to see how the template looks."""
    now = clock.now().replace(microsecond=0)
    course = template.course.title if template.course else _("Name of the course")
    fields = CertificateFields(
        learner=_("Name of the learner"),
        course=course,
        number=_("Specimen"),
        issued_on=day_in(organization.language, organization.time_zone, now),
        issued_at=now,
        verify_url=SPECIMEN,
    )
    look = template_fields(organization.name, _look(template, organization))
    return render(fields, look, font_folder())


def template_fields(school: str, look: Mapping[str, Any], check_at: str = "") -> TemplateFields:
    """Return a look that is stored as what the PDF is made from."""
    logo = look.get("logo")
    return TemplateFields(
        school=school,
        signatories=tuple(Signatory(**who) for who in look.get("signatories", ())),
        logo=path_of(logo).read_bytes() if logo else None,
        color=look.get("color", "#01614d"),
        language=look.get("language", "en"),
        check_at=check_at,
        words={key: text for key, text in look.get("words", {}).items() if text},
    )


def _look(template: CertificateTemplate | None, organization: Organization) -> dict[str, Any]:
    words = default_words(organization.language)
    look = {"color": organization.brand_color, "language": organization.language, "words": words}
    look |= {"time_zone": organization.time_zone}
    if template:
        own = {key: text for key, text in template.words.items() if text}
        look |= {"words": words | own, "signatories": template.signatories}
        look |= {"logo": template.logo} if template.logo else {}
    return look


def default_words(language: str) -> dict[str, str]:
    """Return the words of a certificate in a language, as far as they are translated."""
    with translation.override(language):
        return {key: _(text) for key, text in WORDS.items()}


def day_in(language: str, time_zone: str, moment: datetime) -> str:
    """Return the day of a moment in a time zone, in the words of a language."""
    with translation.override(language):
        return formats.date_format(moment.astimezone(ZoneInfo(time_zone)), "DATE_FORMAT")
