"""One search over everything that a person may see."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from schola.courses.models import Course
from schola.kernel.destinations import destinations_for
from schola.kernel.guard import signed_in
from schola.kernel.permissions import allowed, capabilities, reach
from schola.kernel.search import Audience, search
from schola.pages.queries import cards
from schola.pages.state import learners_in, locks_of
from schola.people.models import Person


@require_GET
@signed_in
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what fits, best first."""
    query = request.GET.get("q", "").strip()[:200]
    hits = search(query, _audience(request.person), 30) if query else []
    goals = destinations_for(request.person, query)
    template = "pages/search_hits.html" if "fragment" in request.GET else "pages/search.html"
    return render(request, template, {"query": query, "hits": hits, "goals": goals})


def _audience(person: Person) -> Audience:
    held = [name for name in capabilities if reach(person, name).organization]
    return Audience(_open_courses(person), held, {"activity": _locked_for(person)})


def _open_courses(person: Person) -> QuerySet | None:
    """Return a query of the courses that open for the person; None for all. No query."""
    view, edit = reach(person, "course.view"), reach(person, "course.edit")
    if view.organization and edit.organization:
        return None
    seen = allowed(person, "course.view", Course.objects.all())
    return seen.filter(Q(published_at__isnull=False) | Q(pk__in=edit.courses)).values("pk")


def _locked_for(person: Person) -> Collection[int]:
    """Return the activities that conditions lock for the person, over all courses. Two queries.

    As on the pages, nothing is locked for who may change the conditions.
    """
    mine = [card for card in cards(person) if card.role == "learner" and card.published]
    conditional = [card for card in mine if card.structure.conditional and not card.unlocked]
    learners = learners_in({card.seat_id for card in conditional})
    return [pk for card in conditional for pk in locks_of(card.structure, learners[card.seat_id])]
