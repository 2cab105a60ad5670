"""What staff do with certificates: their look, who has one, issuing again and revoking."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schola.completion.appearance import (
    change_template,
    drop_template,
    specimen,
    store_logo,
    template_for,
)
from schola.completion.certificates import (
    issue_instead,
    reissue,
    revoke,
    with_replaceable,
    with_zones,
)
from schola.completion.forms import TemplateForm
from schola.completion.models import Certificate
from schola.courses.models import Course
from schola.kernel import audit
from schola.kernel.errors import stale
from schola.kernel.guard import requires
from schola.kernel.numbers import whole
from schola.kernel.permissions import can
from schola.kernel.revision import StaleRevision

PAGE = 50


@require_http_methods(["GET", "POST"])
@requires("certificates.edit")
def school_template(request: HttpRequest) -> HttpResponse:
    """Show and save how certificates of the school look, where a course says nothing else."""
    return _template(request, None)


@require_http_methods(["GET", "POST"])
@requires("certificates.edit", Course)
def course_template(request: HttpRequest, course: Course) -> HttpResponse:
    """Show and save how certificates of one course look."""
    return _template(request, course)


@require_POST
@requires("certificates.edit", Course)
def use_school_look(request: HttpRequest, course: Course) -> HttpResponse:
    """Take from a course the look of its own: its certificates look as the school says."""
    seen = whole(request.POST.get("revision"))
    try:
        with transaction.atomic():
            if drop_template(course, seen):
                audit.act(request.person.pk, "certificates.own-look-dropped", "course", course.pk)
    except StaleRevision:
        return stale(request)
    messages.success(request, _("Certificates of this course look as the school says from now."))
    return redirect(f"/courses/{course.slug}/certificate")


@require_GET
@requires("certificates.edit")
def school_specimen(request: HttpRequest) -> HttpResponse:
    """Return a certificate of nobody, as the school's look."""
    return _specimen(request, None)


@require_GET
@requires("certificates.edit", Course)
def course_specimen(request: HttpRequest, course: Course) -> HttpResponse:
    """Return a certificate of nobody, as the course's look."""
    return _specimen(request, course)


@require_GET
@requires("certificates.view", Course)
def course_certificates(request: HttpRequest, course: Course) -> HttpResponse:
    """List the certificates of a course, the newest first."""
    return _list(request, course)


@require_POST
@requires("certificates.edit", Certificate)
def change_certificate(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """Issue a certificate again with what is true now, or revoke it. Both need a reason.

    In place of one that is revoked another one is issued without: it has one already.
    """
    course = certificate.completion.seat.course
    try:
        with transaction.atomic():
            what = _change(certificate, request.POST)
            audit.act(request.person.pk, f"certificate.{what}", "certificate", certificate.pk)
    except ValidationError as error:
        return _list(request, course, error.messages[0], 422)
    words = {"reissued": _("Issued again."), "revoked": _("Revoked. Its public page says so.")}
    messages.success(request, words[what])
    return redirect(f"/courses/{course.slug}/certificates")


def _change(certificate: Certificate, said: Mapping[str, str]) -> str:
    """Do what was asked; return what it is called."""
    reason = said.get("reason", "")
    if "instead" in said:
        issue_instead(certificate)
    elif "reissue" in said:
        reissue(certificate, reason)
    else:
        revoke(certificate, reason)
        return "revoked"
    return "reissued"


def _list(request: HttpRequest, course: Course, error: str = "", status: int = 200) -> HttpResponse:
    rows = Certificate.objects.filter(completion__seat__course=course)
    rows = with_replaceable(rows.select_related("organization")).order_by("-issued_at", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    page.object_list = with_zones(page.object_list)
    context = {
        "course": course,
        "page": page,
        "may_edit": can(request.person, "certificates.edit", course),
        "error": error,
    }
    return render(request, "completion/list.html", context, status=status)


def _template(request: HttpRequest, course: Course | None) -> HttpResponse:
    template = template_for(course)
    form = TemplateForm(
        request.POST or None, request.FILES or None, initial=TemplateForm.values(template)
    )
    status = 200
    if request.method == "POST":
        status = _save(request, course, form)
        if status == 302:
            messages.success(request, _("Saved. Certificates that are issued from now look so."))
            return redirect(request.path)
    context = {"form": form, "course": course, "template": template, "base": request.path}
    return render(request, "completion/template.html", context, status=status)


def _save(request: HttpRequest, course: Course | None, form: TemplateForm) -> int:
    """Save the template; return the status of the answer, 302 if it is saved."""
    if not form.is_valid():
        return 422
    said, fields = form.cleaned_data, form.changes()
    try:
        with transaction.atomic():
            fields |= _logo(said)
            template = change_template(course, said["revision"], **fields)
            audit.act(request.person.pk, "certificates.changed", "template", template.pk)
    except StaleRevision:
        form.add_error(None, _("Somebody else changed this meanwhile. Reload the page."))
        return 409
    except ValidationError as error:
        form.add_error("logo", error)
        return 422
    return 302


def _logo(said: dict[str, Any]) -> dict[str, str]:
    if said["no_logo"]:
        return {"logo": ""}
    return {"logo": store_logo(said["logo"], said["logo"].name)} if said["logo"] else {}


def _specimen(request: HttpRequest, course: Course | None) -> HttpResponse:
    data = specimen(template_for(course), request.organization)
    headers = {"Content-Disposition": 'inline; filename="specimen.pdf"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)
