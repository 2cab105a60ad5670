"""The queue of everything that waits for a mark, over all courses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from schola.kernel.guard import requires
from schola.pages.staff import to_grade as waiting


@require_GET
@requires("grade.edit", anywhere=True)
def to_grade(request: HttpRequest) -> HttpResponse:
    """Show what waits, by activity, the longest waiting first. One query."""
    return render(request, "pages/grading.html", {"rows": waiting(request.person)})
