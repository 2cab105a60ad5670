"""The roles of one person: giving one, changing when it ends, taking it away."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schola.kernel import audit
from schola.kernel.guard import find, requires
from schola.kernel.numbers import whole
from schola.people import actions
from schola.people.forms import LastDayForm
from schola.people.models import Group, Person, RoleGrant
from schola.people.views.people import person_response

Values = dict[str, Any] | None


@require_POST
@requires("roles.edit", Person)
def change_roles(request: HttpRequest, person: Person) -> HttpResponse:
    """Do to a person's roles what the button says. Every act is in the audit trail."""
    try:
        with transaction.atomic():
            what = request.POST.get("do", "")
            if what not in ACTS:
                raise ValidationError(_("Choose what to do."))
            before, after = ACTS[what](request, person)
            if before != after:
                audit.act(request.person.pk, f"person.{what}", "person", person.pk, before, after)
    except ValidationError as error:
        return person_response(request, person, error.messages[0], 422)
    return redirect(f"/people/{person.pk}")


def _give(request: HttpRequest, person: Person) -> tuple[Values, Values]:
    key, group = request.POST.get("role", ""), _group(request)
    there = RoleGrant.objects.filter(person=person, role__key=key, group=group).first()
    before = there and _told(there)
    ends_at = LastDayForm(request.POST).ends_at()
    grant = actions.give_role(person, key, group, ends_at=ends_at, by=request.person)
    return before, _told(grant)


def _change_end(request: HttpRequest, person: Person) -> tuple[Values, Values]:
    grant = _grant(request, person)
    before = _told(grant)
    actions.change_role_end(grant, LastDayForm(request.POST).ends_at(), by=request.person)
    return before, _told(grant)


def _take(request: HttpRequest, person: Person) -> tuple[Values, Values]:
    grant = _grant(request, person)
    before = _told(grant)
    actions.take_role(grant, by=request.person)
    return before, None


def _group(request: HttpRequest) -> Group | None:
    """Return the group in which the role is to hold; None: everywhere. Raises Http404."""
    pk = request.POST.get("group", "")
    return find(request, "groups.view", Group, {"group": whole(pk)}) if pk else None


def _grant(request: HttpRequest, person: Person) -> RoleGrant:
    grants = RoleGrant.objects.filter(person=person).select_related("role", "group")
    grant = grants.filter(pk=whole(request.POST.get("grant"))).first()
    if grant is None:
        raise ValidationError(_("They do not hold this role any more."))
    return grant


def _told(grant: RoleGrant) -> dict[str, Any]:
    """Return a grant as the log of the person shows it."""
    where = {"group": grant.group.name} if grant.group else {}
    until = {"until": str(timezone.localdate(grant.ends_at))} if grant.ends_at else {}
    return {"role": grant.role.label, **where, **until}


ACTS: dict[str, Callable[[HttpRequest, Person], tuple[Values, Values]]] = {
    "give-role": _give,
    "change-role-end": _change_end,
    "take-role": _take,
}
