"""People: the list, one person, adding and changing them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schola.kernel import audit
from schola.kernel.guard import find, requires
from schola.kernel.numbers import whole
from schola.kernel.permissions import allowed, can, reach
from schola.kernel.revision import StaleRevision
from schola.people import actions
from schola.people.forms import PersonForm
from schola.people.models import Group, Person
from schola.people.queries import all_roles, groups_for, people_for
from schola.people.rights import holds_more
from schola.people.role_card import role_card
from schola.people.tabs import people_url, person_tabs

PAGE = 50
FILTERS = ("state", "sort", "role")


@require_GET
@requires("people.list", anywhere=True)
def people_list(request: HttpRequest) -> HttpResponse:
    """Show people, found by words and filters that the address keeps."""
    filters: dict[str, Any] = {
        name: request.GET.get(name, "") for name in ("state", "sort", "role")
    }
    filters["group"] = whole(request.GET.get("group"))
    query = request.GET.get("q", "")[:100]
    page = Paginator(people_for(request.person, query, **filters), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "query": query,
        "form": PersonForm(),
        "groups": groups_for(request.person),
        "roles": all_roles(),
        "may_edit": reach(request.person, "people.edit").organization,
        "may_import": reach(request.person, "people.import").organization,
        **filters,
    }
    return render(request, "people/list.html", context)


@require_POST
@requires("people.edit", anywhere=True)
def act_on_people(request: HttpRequest) -> HttpResponse:
    """Do one thing to the people who are picked in the list."""
    picked = [pk for pk in map(whole, request.POST.getlist("person")) if pk][:PAGE]
    people = list(allowed(request.person, "people.edit", Person.objects.filter(pk__in=picked)))
    try:
        with transaction.atomic():
            said = _do_to_all(request, people)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, said)
    return redirect("/people")


def _do_to_all(request: HttpRequest, people: list[Person]) -> str:
    """Return what has been done, in words. Raises ValidationError if it cannot be."""
    what = request.POST.get("do", "")
    if what not in BULK or not people:
        raise ValidationError(_("Pick people in the list, and then what to do."))
    BULK[what](request, people)
    words = ngettext("Done for %(n)s person.", "Done for %(n)s people.", len(people))
    return words % {"n": len(people)}


def _invite_all(request: HttpRequest, people: list[Person]) -> None:
    may_join = [
        each for each in people if each.email and not each.user_id and not each.suspended_at
    ]
    for person in may_join:
        actions.invite(person)
    _write_down(request, "invite", [person.pk for person in may_join])


def _suspend_all(request: HttpRequest, people: list[Person]) -> None:
    active = [person.pk for person in people if person.suspended_at is None]
    for person in people:
        actions.suspend(person, by=request.person)
    _write_down(request, "suspend", active)


def _join_all(request: HttpRequest, people: list[Person]) -> None:
    group = find(request, "groups.edit", Group, {"group": whole(request.POST.get("group"))})
    new = actions.add_to_group(group, [person.pk for person in people])
    _write_down(request, "join", new, {"group": group.name})


def _write_down(
    request: HttpRequest, what: str, ids: list[int], after: dict[str, Any] | None = None
) -> None:
    """Write down in the audit trail to whom it was done."""
    for pk in ids:
        audit.act(request.person.pk, f"person.{what}", "person", pk, after=after)


BULK: dict[str, Callable[[HttpRequest, list[Person]], None]] = {
    "invite": _invite_all,
    "suspend": _suspend_all,
    "join": _join_all,
}


@require_http_methods(["GET", "POST"])
@requires("people.edit")
def new_person(request: HttpRequest) -> HttpResponse:
    """Add somebody by their address; the invitation lets them write the rest."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            with transaction.atomic():
                person = actions.add_person(
                    words["email"], words["full_name"], number=words["number"] or None
                )
                audit.act(request.person.pk, "person.added", "person", person.pk)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            text = _("%(name)s was added and gets an invitation.") % {"name": person.full_name}
            messages.success(request, text)
            return redirect("/people" if "stay" in request.POST else f"/people/{person.pk}")
    status = 422 if request.method == "POST" else 200
    return render(request, "people/new.html", {"form": form}, status=status)


@require_GET
@requires("people.view", Person)
def person_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Show one person: who they are, how they get in, what they may do, where they belong."""
    return person_response(request, person)


def person_response(
    request: HttpRequest, person: Person, error: str = "", status: int = 200
) -> HttpResponse:
    """Render the page of one person."""
    may_edit = can(request.person, "people.edit", person)
    groups = Group.objects.filter(members__person=person).order_by("name")
    context: dict[str, Any] = {
        "who": person,
        "people_url": people_url(request.person),
        "tabs": person_tabs(request.person, person, ""),
        "may_edit": may_edit,
        "groups": [(group, _sees(request.person, group)) for group in groups],
        "all_groups": groups_for(request.person) if may_edit else [],
        "sessions": person.sessions.order_by("-seen_at")[:5] if may_edit else [],
        "error": error,
        "form": PersonForm(
            initial={"email": person.email, "full_name": person.full_name, "number": person.number}
        ),
        **role_card(request.person, person),
    }
    return render(request, "people/person.html", context, status=status)


def _sees(reader: Person, group: Group) -> bool:
    """Tell whether a person may open the page of a group. No query."""
    span = reach(reader, "groups.view")
    return span.organization or group.pk in span.groups


@require_POST
@requires("people.edit", Person)
def change_person(request: HttpRequest, person: Person) -> HttpResponse:
    """Do to a person what the button says. Every act is in the audit trail."""
    try:
        with transaction.atomic():
            _do(request, person)
    except ValidationError as error:
        person.refresh_from_db()
        return person_response(request, person, error.messages[0], 422)
    except StaleRevision:
        person.refresh_from_db()
        words = _("Somebody else changed this meanwhile. Here is how it is now.")
        return person_response(request, person, words, 409)
    return redirect(f"/people/{person.pk}")


def _do(request: HttpRequest, person: Person) -> None:
    what = request.POST.get("do", "")
    if what not in ACTS:
        raise ValidationError(_("Choose what to do."))
    ACTS[what](request, person)


def _invite(request: HttpRequest, person: Person) -> None:
    actions.invite(person)
    _write_down(request, "invite", [person.pk])


def _reinstate(request: HttpRequest, person: Person) -> None:
    suspended = person.suspended_at is not None
    actions.reinstate(person)
    _write_down(request, "reinstate", [person.pk] if suspended else [])


def _change(request: HttpRequest, person: Person) -> None:
    form = PersonForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["full_name"]:
        raise ValidationError(_("Write a name, and an address that can get mail."))
    words = form.cleaned_data
    email = words["email"].strip().lower() or None
    others = Person.objects.exclude(pk=person.pk)
    if email != person.email and holds_more(person, than=request.person):
        raise ValidationError(
            _("They hold rights that you do not hold. Only an administrator changes their address.")
        )
    if email and others.filter(email=email).exists():
        raise ValidationError(_("Somebody with this e-mail address is already here."))
    if words["number"] and others.filter(number=words["number"]).exists():
        raise ValidationError(_("Somebody with this number is already here."))
    seen = whole(request.POST.get("revision"))
    fields = {"full_name": words["full_name"], "email": email, "number": words["number"] or None}
    actions.change_person(person, seen, **fields)
    _write_down(request, "change", [person.pk])


ACTS: dict[str, Callable[[HttpRequest, Person], None]] = {
    "invite": _invite,
    "suspend": lambda request, person: _suspend_all(request, [person]),
    "reinstate": _reinstate,
    "join": lambda request, person: _join_all(request, [person]),
    "change": _change,
}
