"""A learner's grades in a course, and how they are counted."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from schola.courses.models import Course
from schola.courses.structure import structure_of
from schola.enrollment.models import Enrollment
from schola.grading.actions import change_scheme
from schola.grading.models import Fact
from schola.grading.scheme import scheme_of
from schola.kernel import audit
from schola.kernel.guard import requires
from schola.kernel.numbers import whole
from schola.kernel.permissions import can
from schola.kernel.revision import StaleRevision
from schola.pages.grades import sheet
from schola.pages.scheme_forms import SchemeForms
from schola.pages.views.course import course_context
from schola.pages.views.setup import setup_response


@require_GET
@requires("course.view", Course)
def grades(request: HttpRequest, course: Course) -> HttpResponse:
    """Show the person's own grades; to staff, by `?as=<seat>`, those of one of the learners."""
    seat = _seat(request, course)
    context = course_context(request, course) | {"here": "grades", "seat": seat}
    if seat:
        facts = Fact.objects.filter(seat=seat)
        base = f"/courses/{course.slug}"
        context["sheet"] = sheet(scheme_of(course), structure_of(course), facts, base)
        context["pass_percent"] = round(100 * (course.pass_fraction or 0))
    return render(request, "pages/grades.html", context)


def _seat(request: HttpRequest, course: Course) -> Enrollment | None:
    """Return the seat whose grades to show. Looking at somebody else's is in the audit trail."""
    seats = Enrollment.objects.filter(course=course, role="learner").select_related("person")
    if asked := request.GET.get("as"):
        seat = seats.filter(pk=whole(asked)).first()
        if seat is None or not can(request.person, "grade.view", seat):
            raise Http404
        if seat.person_id != request.person.pk:
            audit.read(request.person.pk, "grades", "person", seat.person_id)
        return seat
    if not course.published_at and not can(request.person, "course.edit", course):
        raise Http404
    return seats.active().filter(person_id=request.person.pk).first()


@require_POST
@requires("course.edit", Course)
def set_scheme(request: HttpRequest, course: Course) -> HttpResponse:
    """Save how the grades of the course are counted."""
    forms = SchemeForms(course, request.POST)
    if not forms.is_valid():
        return setup_response(request, course, scheme=forms, status=422)
    try:
        with transaction.atomic():
            change_scheme(course, forms.revision, forms.words())
            audit.act(request.person.pk, "grading.changed", "course", course.pk)
    except ValidationError as error:
        forms.general.add_error(None, error)
        return setup_response(request, course, scheme=forms, status=422)
    except StaleRevision:
        words = _("Somebody else changed this meanwhile. Reload the page.")
        forms.general.add_error(None, words)
        return setup_response(request, course, scheme=forms, status=409)
    messages.success(request, _("Saved. The totals are counted anew."))
    return redirect(f"/courses/{course.slug}/setup")
