"""Certificates: one's own, as PDF, and the public page that says whether one is genuine."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from schola.completion.certificates import is_genuine, pdf, with_zones
from schola.completion.models import Certificate
from schola.kernel.guard import public, requires, signed_in


@require_GET
@signed_in
def my_certificates(request: HttpRequest) -> HttpResponse:
    """List what the person has earned, the newest first."""
    mine = Certificate.objects.filter(completion__seat__person=request.person, revoked_at=None)
    mine = mine.select_related("organization").order_by("-issued_at", "pk")
    context = {"certificates": with_zones(mine)}
    return render(request, "completion/mine.html", context)


@require_GET
@requires("certificates.view", Certificate)
def certificate_pdf(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """Return the certificate as PDF."""
    name = slugify(f"{certificate.fields['course']} {certificate.fields['name']}") or "certificate"
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(pdf(certificate), content_type="application/pdf", headers=headers)


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
