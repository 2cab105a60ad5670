"""Settings > Roles: what each role may do, and roles of the organization's own."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from schola.kernel import audit
from schola.kernel.guard import requires
from schola.kernel.numbers import whole
from schola.kernel.revision import StaleRevision
from schola.people import actions
from schola.people.areas import areas
from schola.people.forms import NewRoleForm, RoleForm
from schola.people.models import Role
from schola.people.queries import all_roles, holders_of_roles
from schola.people.rights import held_by


@require_http_methods(["GET", "POST"])
@requires("roles.define")
def role_list(request: HttpRequest) -> HttpResponse:
    """Show what each role may do and how many hold it; make another one as a copy."""
    roles = all_roles()
    form = NewRoleForm(request.POST or None, roles=roles)
    if request.method == "POST" and form.is_valid():
        try:
            role = _copy(request, form)
        except ValidationError as error:
            form.add_error("name", error)
        else:
            return redirect(f"/settings/roles/{role.key}")
    holders = holders_of_roles()
    rows = [(role, holders.get(role.key, 0), areas(held_by(role))) for role in roles]
    status = 422 if request.method == "POST" else 200
    return render(request, "people/roles.html", {"rows": rows, "form": form}, status=status)


@transaction.atomic
def _copy(request: HttpRequest, form: NewRoleForm) -> Role:
    original = Role.objects.get(key=form.cleaned_data["original"])
    role = actions.copy_role(original, form.cleaned_data["name"])
    audit.act(request.person.pk, "role.made", "role", role.pk, None, _told(role))
    return role


@require_http_methods(["GET", "POST"])
@requires("roles.define", Role)
def role_page(request: HttpRequest, role: Role) -> HttpResponse:
    """Show and save what a role may do."""
    if request.method != "POST":
        return role_response(request, role)
    form = RoleForm(request.POST, role=role)
    if not form.is_valid():
        return role_response(request, role, form, 422)
    words = form.cleaned_data

    def change() -> None:
        actions.change_role(role, words["revision"], words["capability"], words.get("name", ""))

    return _answer(request, role, form, "changed", change)


@require_POST
@requires("roles.define", Role)
def restore_role(request: HttpRequest, role: Role) -> HttpResponse:
    """Let a built-in role do again what it was delivered with."""
    form, seen = RoleForm(_values(role), role=role), whole(request.POST.get("revision"))
    restore = partial(actions.restore_role, role, seen)
    return _answer(request, role, form, "restored", restore)


@require_POST
@requires("roles.define", Role)
def delete_role(request: HttpRequest, role: Role) -> HttpResponse:
    """Delete a role of the organization's own that nobody holds."""
    form, pk = RoleForm(_values(role), role=role), role.pk
    try:
        with transaction.atomic():
            before = _told(role)
            actions.delete_role(role, whole(request.POST.get("revision")))
            audit.act(request.person.pk, "role.deleted", "role", pk, before, None)
    except (StaleRevision, ValidationError) as error:
        return _refused(request, Role.objects.get(pk=pk), form, error)
    messages.success(request, _("The role is gone."))
    return redirect("/settings/roles")


def role_response(
    request: HttpRequest, role: Role, form: RoleForm | None = None, status: int = 200
) -> HttpResponse:
    """Render the page of one role, with the ticks of the form that was sent, if one was."""
    form = form or RoleForm(initial=_values(role), role=role)
    ticked = form["capability"].value() or []
    context = {
        "role": role,
        "form": form,
        "areas": [
            (label, [(each, each.name in ticked) for each in held]) for label, held in areas()
        ],
        "holders": holders_of_roles().get(role.key, 0),
        "changed": role.built_in and role.capabilities is not None,
    }
    return render(request, "people/role.html", context, status=status)


def _answer(
    request: HttpRequest, role: Role, form: RoleForm, what: str, do: Callable[[], None]
) -> HttpResponse:
    """Change the role and write it down, or say on its page why not."""
    before = _told(role)
    try:
        with transaction.atomic():
            do()
            audit.act(request.person.pk, f"role.{what}", "role", role.pk, before, _told(role))
    except (StaleRevision, ValidationError) as error:
        return _refused(request, Role.objects.get(pk=role.pk), form, error)
    messages.success(request, _("Saved. It holds from the next page that somebody opens."))
    return redirect(f"/settings/roles/{role.key}")


def _refused(request: HttpRequest, role: Role, form: RoleForm, error: Exception) -> HttpResponse:
    if isinstance(error, StaleRevision):
        words = _("Somebody else changed this meanwhile. Reload the page.")
        form.add_error(None, words)
        return role_response(request, role, form, 409)
    form.add_error(None, error)
    return role_response(request, role, form, 422)


def _values(role: Role) -> dict[str, Any]:
    return {"name": role.name, "capability": sorted(held_by(role)), "revision": role.revision}


def _told(role: Role) -> dict[str, Any]:
    """Return a role as the audit trail keeps it."""
    return {"name": role.name, "capabilities": sorted(held_by(role))}
