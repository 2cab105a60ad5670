"""Background jobs: what waits, what runs, and what failed and may be tried again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from schola.kernel import audit
from schola.kernel.guard import requires
from schola.kernel.jobs import label_of
from schola.kernel.jobs.letters import discard, replay
from schola.kernel.models import Job

PAGE = 50
STATES = {
    Job.State.WAITING: gettext_lazy("Waiting"),
    Job.State.RUNNING: gettext_lazy("At work"),
    Job.State.DONE: gettext_lazy("Done"),
    Job.State.FAILED: gettext_lazy("Failed"),
    Job.State.DISCARDED: gettext_lazy("Let go"),
}


@require_GET
@requires("jobs.view")
def job_list(request: HttpRequest) -> HttpResponse:
    """Show the jobs, the failed ones first on request."""
    state = request.GET.get("state", "")
    rows = Job.objects.order_by("-made_at", "pk")
    if state in Job.State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "jobs": [(job, label_of(job.name), STATES[job.state]) for job in page],
        "state": state,
        "states": STATES.items(),
    }
    return render(request, "people/jobs.html", context)


@require_POST
@requires("jobs.view", Job)
def change_job(request: HttpRequest, job: Job) -> HttpResponse:
    """Try a failed job again, or let it go."""
    what = "replay" if "replay" in request.POST else "discard"
    try:
        with transaction.atomic():
            (replay if what == "replay" else discard)(job)
            audit.act(request.person.pk, f"job.{what}", "job", job.pk)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("/settings/jobs?state=failed")
