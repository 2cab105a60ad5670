"""Certificates: one's own, as PDF, and the public page that says whether one is genuine."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from schola.completion.certificates import is_genuine, pdf, with_zones, zone_of
from schola.completion.models import Certificate
from schola.kernel.errors import answer
from schola.kernel.guard import public, requires, signed_in


@require_GET
@signed_in
def my_certificates(request: HttpRequest) -> HttpResponse:
    """List what the person has earned, the newest first. What was replaced has another there."""
    mine = Certificate.objects.filter(completion__seat__person=request.person, replaced_by=None)
    mine = mine.select_related("organization").order_by("-issued_at", "pk")
    context = {"certificates": with_zones(mine)}
    return render(request, "completion/mine.html", context)


@require_GET
@requires("certificates.view", Certificate)
def certificate_pdf(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """Return the certificate as PDF; of one that is not valid any more, a page that says so."""
    if certificate.revoked_at:
        return _revoked(request, certificate)
    name = slugify(f"{certificate.fields['course']} {certificate.fields['name']}") or "certificate"
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(pdf(certificate), content_type="application/pdf", headers=headers)


def _revoked(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """Say when it was revoked or replaced, in the time zone of its school."""
    at = localtime(certificate.revoked_at, ZoneInfo(zone_of(certificate)))
    text = _("This certificate was revoked on %(day)s. Its public page says why.")
    if certificate.replaced_by_id:
        text = _("This certificate was replaced on %(day)s. Its public page names the new one.")
    words = {"day": date_format(at, "DATE_FORMAT")}
    return answer(request, 410, _("No longer valid"), text % words)


@require_GET
@public("anybody may check a certificate that was shown to them")
def verify_page(request: HttpRequest, number: str = "") -> HttpResponse:
    """Show every field of a certificate, so that an altered copy gives itself away."""
    asked = (number or request.GET.get("number", "")).replace("-", "").strip().lower()
    rows = Certificate.objects.select_related("organization").filter(number=asked)
    found = next(iter(with_zones(rows)), None) if asked else None
    context = {
        "asked": asked,
        "certificate": found,
        "completed_on": parse_date(found.fields["completed_on"]) if found else None,
        "genuine": bool(found) and is_genuine(found),
    }
    status = 404 if asked and not found else 200
    return render(request, "completion/verify.html", context, status=status)
