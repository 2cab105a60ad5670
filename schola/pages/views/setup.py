"""What holds for a whole course."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from schola.courses.actions import change_course
from schola.courses.models import Course
from schola.kernel.guard import requires
from schola.kernel.revision import StaleRevision
from schola.pages.forms import CourseForm
from schola.pages.views.course import course_context


@require_http_methods(["GET", "POST"])
@requires("course.edit", Course)
def setup(request: HttpRequest, course: Course) -> HttpResponse:
    """Show and save title, cover, what completes the course, who may join."""
    form = CourseForm(request.POST or None, initial=CourseForm.values(course))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_course(course, form.cleaned_data["revision"], **form.changes())
            except StaleRevision:
                form.add_error(None, _("Somebody else changed this meanwhile. Reload the page."))
                status = 409
            else:
                messages.success(request, _("Saved."))
                return redirect(f"/courses/{course.slug}/setup")
    context = course_context(request, course) | {"form": form, "here": "setup"}
    return render(request, "pages/setup.html", context, status=status)
