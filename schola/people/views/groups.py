"""Groups: the list, one group, who is in it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schola.kernel import audit
from schola.kernel.guard import reason_for, requires
from schola.kernel.numbers import whole
from schola.kernel.permissions import can, reach
from schola.people import actions
from schola.people.forms import GroupForm
from schola.people.models import Group, Person
from schola.people.queries import groups_for, people_for

PAGE = 100


@require_http_methods(["GET", "POST"])
@requires("groups.view")
def group_list(request: HttpRequest) -> HttpResponse:
    """Show the groups; make another one."""
    may_edit = reach(request.person, "groups.edit").organization
    if request.method == "POST" and not may_edit:
        raise PermissionDenied(reason_for("groups.edit"))
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            group = actions.make_group(form.cleaned_data["name"])
        except ValidationError as error:
            form.add_error("name", error)
        else:
            return redirect(f"/groups/{group.pk}")
    groups = groups_for(request.person).annotate(size=Count("members"))
    context = {"groups": groups, "form": form, "may_edit": may_edit}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/groups.html", context, status=status)


@require_GET
@requires("groups.view", Group)
def group_page(request: HttpRequest, group: Group) -> HttpResponse:
    """Show who is in the group."""
    return group_response(request, group)


def group_response(
    request: HttpRequest, group: Group, error: str = "", status: int = 200
) -> HttpResponse:
    """Render the page of a group."""
    members = Person.objects.filter(memberships__group=group).order_by("sort_key", "pk")
    context = {
        "group": group,
        "page": Paginator(members, PAGE).get_page(request.GET.get("page")),
        "may_edit": can(request.person, "groups.edit", group),
        "error": error,
    }
    return render(request, "people/group.html", context, status=status)


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
    with transaction.atomic():
        actions.add_to_group(group, [found[0].pk])
        audit.act(request.person.pk, "group.joined", "person", found[0].pk, after=said)
    return redirect(f"/groups/{group.pk}")
