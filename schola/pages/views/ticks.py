"""What an instructor ticks off: who has done an activity that nobody else can judge."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from schola.courses.models import Activity
from schola.enrollment.models import Enrollment
from schola.kernel import audit
from schola.kernel.guard import requires
from schola.kernel.numbers import whole
from schola.pages.views.course import course_context
from schola.records.actions import tick
from schola.records.models import Progress

PAGE = 50


@require_http_methods(["GET", "POST"])
@requires("grade.edit", Activity)
def ticks(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Show the learners with what is ticked, or tick one off or back."""
    seats = Enrollment.objects.active().learners().filter(course=activity.course_id)
    status = 200
    if request.method == "POST":
        seat = seats.filter(pk=whole(request.POST.get("seat"))).first()
        if seat is None:
            raise Http404
        said = {"activity": activity.title, "done": request.POST.get("done") == "1"}
        try:
            with transaction.atomic():
                tick(seat.pk, activity.pk, said["done"], by="marked")
                audit.act(
                    request.person.pk, "activity.ticked", "person", seat.person_id, after=said
                )
        except ValidationError:
            status = 422  # the page says that there is nothing to tick
        else:
            return redirect(request.get_full_path())
    page = Paginator(seats.select_related("person").order_by("person__sort_key", "pk"), PAGE)
    shown = page.get_page(request.GET.get("page"))
    finished = Progress.objects.filter(activity=activity, seat__in=[seat.pk for seat in shown])
    context = course_context(request, activity.course) | {
        "activity": activity,
        "page": shown,
        "done": set(finished.exclude(finished_at=None).values_list("seat_id", flat=True)),
        "by_staff": activity.rule.get("when") == "marked",
    }
    return render(request, "pages/ticks.html", context, status=status)
