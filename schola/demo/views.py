"""Settings, Demo school: taking it away by one click."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from schola.demo.actions import demo_is_in, remove_in_background
from schola.demo.school import MAIL_DOMAIN
from schola.kernel import audit
from schola.kernel.guard import requires


@require_http_methods(["GET", "POST"])
@requires("school.edit")
def demo_school(request: HttpRequest) -> HttpResponse:
    """Say whether the demo school is there, and take it away; whoever does so must stay."""
    is_there = demo_is_in(request.organization)
    of_it = (request.person.email or "").endswith(MAIL_DOMAIN)
    if request.method == "POST" and not is_there:
        return redirect("/settings/demo")
    if request.method == "POST" and not of_it:
        with transaction.atomic():
            audit.act(request.person.pk, "demo.removed", "organization", request.organization.pk)
            remove_in_background.enqueue()
        messages.success(request, _("The demo school is being taken away."))
        return redirect("/settings/jobs")
    status = 422 if request.method == "POST" else 200
    context = {"is_there": is_there, "of_it": of_it}
    return render(request, "demo/demo_school.html", context, status=status)
