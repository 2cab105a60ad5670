"""Groups: the list, one group, who is in it, its name and its end."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schola.kernel import audit
from schola.kernel.errors import answer
from schola.kernel.guard import reason_for, requires
from schola.kernel.numbers import whole
from schola.kernel.permissions import can, reach
from schola.kernel.revision import StaleRevision
from schola.people import actions
from schola.people.elsewhere import fed_by_group
from schola.people.forms import GroupForm, RenameForm
from schola.people.models import Group, GroupMember, Person, RoleGrant
from schola.people.queries import groups_for, people_for
from schola.people.rights import may_give

PAGE = 100


@require_http_methods(["GET", "POST"])
@requires("groups.view", anywhere=True)
def group_list(request: HttpRequest) -> HttpResponse:
    """Show the groups; make another one."""
    may_edit = reach(request.person, "groups.edit").organization
    if request.method == "POST" and not may_edit:
        raise PermissionDenied(reason_for("groups.edit"))
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            group = _make(request, form.cleaned_data["name"])
        except ValidationError as error:
            form.add_error("name", error)
        else:
            return redirect(f"/groups/{group.pk}")
    groups = groups_for(request.person).annotate(size=Count("members"))
    context = {"groups": groups, "form": form, "may_edit": may_edit}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/groups.html", context, status=status)


@transaction.atomic
def _make(request: HttpRequest, name: str) -> Group:
    group = actions.make_group(name)
    audit.act(request.person.pk, "group.made", "group", group.pk, after={"name": name})
    return group


@require_GET
@requires("groups.view", Group)
def group_page(request: HttpRequest, group: Group) -> HttpResponse:
    """Show who is in the group, and into which courses it puts them."""
    return group_response(request, group)


def group_response(
    request: HttpRequest, group: Group, error: str = "", status: int = 200
) -> HttpResponse:
    """Render the page of a group."""
    members = Person.objects.filter(memberships__group=group).order_by("sort_key", "pk")
    page = Paginator(members, PAGE).get_page(request.GET.get("page"))
    may_edit = can(request.person, "groups.edit", group)
    context: dict[str, Any] = {
        "group": group,
        "page": page,
        "courses": fed_by_group(request.person, group),
        "may_edit": may_edit,
        "error": error,
        "who": request.POST.get("who", ""),
    }
    if may_edit:
        context["form"] = RenameForm(initial={"name": group.name, "revision": group.revision})
        context |= {"size": page.paginator.count, "roles": _roles_in(group)}
        context |= {f"{do}_url": f"/groups/{group.pk}/{do}" for do in ("name", "delete")}
    return render(request, "people/group.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("groups.edit", Group)
def rename(request: HttpRequest, group: Group) -> HttpResponse:
    """Show and save the name of a group."""
    initial = {"name": group.name, "revision": group.revision}
    form = RenameForm(request.POST or None, initial=initial)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            _rename(request, group, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("name", error)
        except StaleRevision:
            form.add_error(None, _("Somebody else changed this meanwhile. Reload the page."))
            status = 409
        else:
            return redirect(f"/groups/{group.pk}")
    context = {"group": group, "called": initial["name"], "form": form}
    return render(request, "people/group_name.html", context, status=status)


@transaction.atomic
def _rename(request: HttpRequest, group: Group, name: str, revision: int) -> None:
    before = {"name": group.name}
    actions.rename_group(group, revision, name)
    audit.act(request.person.pk, "group.renamed", "group", group.pk, before, {"name": name})


@require_http_methods(["GET", "POST"])
@requires("groups.edit", Group)
def delete(request: HttpRequest, group: Group) -> HttpResponse:
    """Say what follows when the group is deleted, and delete it."""
    courses = fed_by_group(request.person, group)
    size = GroupMember.objects.filter(group=group).count()
    context = {"group": group, "courses": courses, "size": size, "roles": _roles_in(group)}
    if request.method != "POST":
        return render(request, "people/group_delete.html", context)
    told = {"name": group.name, "people": size, "courses": [held.title for held in courses]}
    try:
        _delete(request, group, told)
    except StaleRevision:
        group.refresh_from_db()
        context["error"] = _("Somebody else changed this meanwhile. Here is how it is now.")
        return render(request, "people/group_delete.html", context, status=409)
    messages.success(request, _("The group “%(name)s” is gone.") % {"name": told["name"]})
    return redirect("/groups")


@transaction.atomic
def _delete(request: HttpRequest, group: Group, told: dict[str, Any]) -> None:
    """Delete the group and write it down, with the roles that end by it at those who had them."""
    by, pk = request.person.pk, group.pk
    grants = RoleGrant.objects.open().filter(group=group).select_related("role")
    if not all(may_give(request.person, grant.role.key, group) for grant in grants):
        raise PermissionDenied(
            _("Somebody holds a role in this group that you may not take. Ask an administrator.")
        )
    ended = [(grant.person_id, grant.role.label) for grant in grants.order_by("pk")]
    actions.delete_group(group, whole(request.POST.get("revision")))
    audit.act(by, "group.deleted", "group", pk, told, None)
    for person, role in ended:
        before = {"role": role, "group": told["name"]}
        audit.act(by, "person.take-role", "person", person, before, None)


def _roles_in(group: Group) -> int:
    return RoleGrant.objects.open().filter(group=group).count()


@require_POST
@requires("groups.edit", Group)
def change_group(request: HttpRequest, group: Group) -> HttpResponse:
    """Put somebody into the group, found by address, number or name; or take somebody out."""
    said = {"group": group.name}
    if "out" in request.POST:
        pk = whole(request.POST["out"])
        with transaction.atomic():
            if actions.remove_from_group(group, [pk]):
                audit.act(request.person.pk, "group.left", "person", pk, after=said)
        return redirect(f"/groups/{group.pk}")
    query = request.POST.get("who", "").strip()
    found = list(people_for(request.person, query)[:2]) if query else []
    if len(found) != 1:
        words = _("Several people fit. Write the e-mail address.") if found else _("Nobody fits.")
        return group_response(request, group, words, 422)
    try:
        with transaction.atomic():
            for pk in actions.add_to_group(group, [found[0].pk]):
                audit.act(request.person.pk, "group.joined", "person", pk, after=said)
    except ValidationError as error:  # its page is gone with it
        return answer(request, 409, _("Changed meanwhile"), error.messages[0])
    return redirect(f"/groups/{group.pk}")
