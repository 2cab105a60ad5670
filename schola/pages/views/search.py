"""One search over everything that a person may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from schola.kernel.guard import signed_in
from schola.kernel.permissions import capabilities, reach
from schola.kernel.search import Audience, search


@require_GET
@signed_in
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what fits, best first."""
    query = request.GET.get("q", "").strip()[:200]
    courses = reach(request.person, "course.view")
    held = [name for name in capabilities if reach(request.person, name).organization]
    audience = Audience(None if courses.organization else courses.courses, held)
    hits = search(query, audience, 30) if query else []
    template = "pages/search_hits.html" if "fragment" in request.GET else "pages/search.html"
    return render(request, template, {"query": query, "hits": hits})
