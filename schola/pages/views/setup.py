"""What holds for a whole course."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from schola.courses.actions import change_course
from schola.courses.models import Course
from schola.kernel import audit
from schola.kernel.guard import requires
from schola.kernel.revision import StaleRevision
from schola.pages.forms import CourseForm
from schola.pages.joining import join_link
from schola.pages.scheme_forms import SchemeForms
from schola.pages.views.course import course_context


@require_http_methods(["GET", "POST"])
@requires("course.edit", Course)
def setup(request: HttpRequest, course: Course) -> HttpResponse:
    """Show and save title, cover, what completes the course, who may join."""
    form = CourseForm(request.POST or None, initial=CourseForm.values(course))
    if request.method != "POST":
        return setup_response(request, course)
    if not form.is_valid():
        return setup_response(request, course, form=form, status=422)
    try:
        _change(request, course, form)
    except StaleRevision:
        form.add_error(None, _("Somebody else changed this meanwhile. Reload the page."))
        return setup_response(request, course, form=form, status=409)
    messages.success(request, _("Saved."))
    return redirect(f"/courses/{course.slug}/setup")


@transaction.atomic
def _change(request: HttpRequest, course: Course, form: CourseForm) -> None:
    """Change the course, and write down what it was: all but the key, which lets people in."""
    changes = form.changes()
    told = changes.keys() - {"enrollment_key"}
    before = {name: getattr(course, name) for name in told}
    change_course(course, form.cleaned_data["revision"], **changes)
    after = {name: changes[name] for name in told}
    audit.act(request.person.pk, "course.changed", "course", course.pk, before, after)


def setup_response(
    request: HttpRequest,
    course: Course,
    *,
    form: CourseForm | None = None,
    scheme: SchemeForms | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page with both forms: the course's own, and how its grades are counted."""
    context = course_context(request, course) | {
        "form": form or CourseForm(initial=CourseForm.values(course)),
        "scheme": scheme or SchemeForms(course),
        "join_link": join_link(course),
        "here": "setup",
    }
    return render(request, "pages/setup.html", context, status=status)
