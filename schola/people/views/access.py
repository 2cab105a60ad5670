"""How a person gets in, or why not, and what staff did to them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from schola.kernel.audit.words import name_of
from schola.kernel.guard import requires
from schola.kernel.models import AuditEntry
from schola.people.models import Person, RoleGrant
from schola.people.queries import failures_of, obstacles
from schola.people.tabs import people_url, person_tabs
from schola.people.trail import nobody

PAGE = 50
SESSIONS = 20


@require_GET
@requires("people.access", Person)
def access(request: HttpRequest, person: Person) -> HttpResponse:
    """Show why a person cannot get in, their roles, where they are signed in, what failed."""
    grants = RoleGrant.objects.open().filter(person=person).select_related("role", "group")
    context = {
        "who": person,
        "people_url": people_url(request.person),
        "tabs": person_tabs(request.person, person, "access"),
        "obstacles": obstacles(person),
        "grants": grants.order_by("pk"),
        "sessions": person.sessions.order_by("-seen_at")[:SESSIONS],
        "failures": failures_of(person)[:SESSIONS],
    }
    return render(request, "people/access.html", context)


@require_GET
@requires("people.access", Person)
def log(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what staff did to a person, the last first, from the audit trail."""
    entries = AuditEntry.objects.filter(object_kind="person", object_id=str(person.pk))
    entries = entries.select_related("values").order_by("-pk")
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    actors = Person.objects.in_bulk({row.actor_id for row in page if row.actor_id})
    context = {
        "who": person,
        "people_url": people_url(request.person),
        "tabs": person_tabs(request.person, person, "log"),
        "page": page,
        "acts": [_act(row, actors) for row in page],
    }
    return render(request, "people/log.html", context)


def _act(row: AuditEntry, actors: dict[int, Person]) -> dict[str, object]:
    actor = actors.get(row.actor_id)
    values = getattr(row, "values", None)
    return {
        "at": row.at,
        "by": actor.full_name if actor else nobody(row).name,
        "what": name_of(row.act),
        "before": _words(values.before if values else None),
        "after": _words(values.after if values else None),
    }


def _words(values: dict[str, Any] | None) -> str:
    """Return audited values as people read them: "course: Algebra"."""
    return ", ".join(f"{name}: {value}" for name, value in (values or {}).items())
