"""The queue of everything that waits for a mark, over all courses."""

from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from schola.kernel.guard import requires
from schola.kernel.permissions import allowed
from schola.records.models import Attempt


@require_GET
@requires("grade.edit")
def to_grade(request: HttpRequest) -> HttpResponse:
    """Show what waits, by activity, the longest waiting first. One query."""
    waiting = Attempt.objects.filter(state=Attempt.State.FINISHED, activity__removed_at=None)
    waiting = allowed(request.person, "grade.edit", waiting)
    rows = (
        waiting.values(
            "activity__title", "activity__key", "activity__course__title", "activity__course__slug"
        )
        .annotate(count=Count("pk", distinct=True), oldest=Min("finished_at"))
        .order_by("oldest")
    )
    return render(request, "pages/grading.html", {"rows": list(rows)})
