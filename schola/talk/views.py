"""The bell, opened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from schola.kernel.guard import signed_in
from schola.talk.actions import read_all
from schola.talk.kinds import words
from schola.talk.models import Notice

SHOWN = 50


@require_GET
@signed_in
def notifications(request: HttpRequest) -> HttpResponse:
    """Show what a person was told, the newest first."""
    rows = Notice.objects.filter(person=request.person).order_by("-at", "-pk")[:SHOWN]
    notices = [
        {"text": words(row.kind, row.data), "url": row.url, "at": row.at, "new": not row.read_at}
        for row in rows
    ]
    return render(request, "talk/notifications.html", {"notices": notices})


@require_POST
@signed_in
def mark_read(request: HttpRequest) -> HttpResponse:
    read_all(request.person)
    return redirect("/notifications")
