"""Who is in a course: how they get on, putting people in and taking them out."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from schola.courses.models import Course
from schola.courses.structure import structure_of
from schola.enrollment.actions import (
    end_enrollments,
    enroll_group,
    enroll_many,
    take_group_out,
)
from schola.enrollment.models import Enrollment, GroupEnrollment
from schola.enrollment.rights import may_seat
from schola.kernel import audit, clock
from schola.kernel.guard import requires
from schola.kernel.numbers import whole
from schola.kernel.permissions import can
from schola.pages.due import DueForm, dated
from schola.pages.joining import join_link
from schola.pages.views.course import course_context
from schola.people.models import Group, Person, Role
from schola.people.queries import all_roles
from schola.people.rights import BUILT_IN

PAGE = 50
ROLES = ("learner", "instructor", "assistant", "designer", "auditor")


@require_GET
@requires("course.people", Course)
def members(request: HttpRequest, course: Course) -> HttpResponse:
    """Show who is in the course."""
    found = dated(course, request.GET) if can(request.person, "course.enroll", course) else None
    form = DueForm(initial={"due_at": found.thing.due_at}) if found else None
    return members_response(request, course, dated=found, due_form=form)


def members_response(
    request: HttpRequest, course: Course, error: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    """Render who is in the course, learners with where they stand."""
    seats = Enrollment.objects.active().filter(course=course)
    seats = seats.select_related("person", "course_progress", "course_grade", "completion")
    if query := request.GET.get("q", "").casefold()[:100]:
        seats = seats.filter(person__sort_key__contains=query)
    page = Paginator(seats.order_by("role", "person__sort_key", "pk"), PAGE)
    linked = GroupEnrollment.objects.filter(course=course).select_related("group")
    linked = linked.order_by("group__name", "pk")
    roles = all_roles()
    shown = page.get_page(request.GET.get("page"))
    context = course_context(request, course) | {
        "page": shown,
        "total": len(structure_of(course).published),
        "query": query,
        "roles": [role for role in roles if _may_offer(request.person, role, course)],
        "labels": {role.key: role.label for role in roles},
        "may_enroll": can(request.person, "course.enroll", course),
        "may_take_out": _may_take_out(request.person, course, shown),
        "groups": Group.objects.order_by("name"),
        "join_link": join_link(course),
        "linked": linked,
        "may_take_group_out": _may_take_out(request.person, course, linked),
        "error": error,
        "now": clock.now(),
        "here": "people",
        **more,
    }
    return render(request, "pages/members.html", context, status=status)


@require_POST
@requires("course.enroll", Course)
def change_members(request: HttpRequest, course: Course) -> HttpResponse:
    """Put one person or a whole group into the course, or take somebody out."""
    try:
        said = _change(request, course)
    except ValidationError as error:
        return members_response(request, course, error.messages[0], 422)
    messages.success(request, said)
    return redirect(f"/courses/{course.slug}/people")


@transaction.atomic
def _change(request: HttpRequest, course: Course) -> str:
    """Do what the form says, write down what it changed, and return in words what was done."""
    data, by = request.POST, request.person
    if data.get("group"):
        return _put_group_in(by, data, course)
    if data.get("group_out"):
        return _take_group_out(by, data, course)
    return _take_out(by, data, course) if "out" in data else _put_in(by, data, course)


def _take_out(by: Person, data: Any, course: Course) -> str:
    """End the seat that the form names; return in words what was done."""
    seats = Enrollment.objects.filter(course=course, pk=whole(data["out"]))
    seat = seats.select_related("person", "group").first()
    if seat is None or not end_enrollments([seat.person_id], course, seat.role, by=by):
        return _("This person is not in the course.")
    before = _told(course, seat.role) | ({"group": seat.group.name} if seat.group else {})
    audit.act(by.pk, "course.left", "person", seat.person_id, before)
    return _("%(name)s is no longer in the course.") % {"name": seat.person.full_name}


def _put_group_in(by: Person, data: Any, course: Course) -> str:
    """Let the group that the form names feed the course; return in words what was done."""
    group = Group.objects.filter(pk=whole(data["group"])).first()
    if group is None:
        raise ValidationError(_("Choose a group."))
    fed = enroll_group(group, course, by=by)
    if not fed.is_new and not fed.seated:
        return _("The group “%(name)s” is in the course already.") % {"name": group.name}
    after = _told(course, fed.link.role) | {"people": fed.seated}
    audit.act(by.pk, "course.group-joined", "group", group.pk, after=after)
    return _("The group “%(name)s” is in the course now.") % {"name": group.name}


def _take_group_out(by: Person, data: Any, course: Course) -> str:
    """Let the group that the form names feed the course no more; return in words what was done."""
    links = GroupEnrollment.objects.filter(course=course, pk=whole(data["group_out"]))
    link = links.select_related("group", "course").first()
    ended = take_group_out(link, by=by) if link else None
    if ended is None:
        return _("This group is not in the course.")
    before = _told(course, link.role) | {"people": ended}
    audit.act(by.pk, "course.group-left", "group", link.group_id, before)
    words = ngettext(
        "The group “%(name)s” is no longer in the course; %(n)s person left it.",
        "The group “%(name)s” is no longer in the course; %(n)s people left it.",
        len(ended),
    )
    return words % {"name": link.group.name, "n": len(ended)}


def _put_in(by: Person, data: Any, course: Course) -> str:
    """Put the one person whom the words mean into the course; return in words what was done."""
    role = data.get("role", "learner")
    if role not in ROLES and (role in BUILT_IN or not Role.objects.filter(key=role).exists()):
        raise ValidationError(_("Choose a role."))
    person = _meant(data.get("who", "").strip())
    seated = enroll_many([person.pk], course, role, by=by)
    said = _told(course, role)
    if seated.new:
        audit.act(by.pk, "course.joined", "person", person.pk, after=said)
        words = _("%(name)s is in the course now.")
    elif seated.kept:
        before = {"group": seated.kept[person.pk]}
        audit.act(by.pk, "course.seat-kept", "person", person.pk, before, said)
        words = _("%(name)s was in the course by a group, and now stays in it without the group.")
    else:
        words = _("%(name)s is in the course already.")
    return words % {"name": person.full_name}


def _meant(who: str) -> Person:
    """Return whom an address, a number or a name means. Raises ValidationError if not one."""
    people = Person.objects.filter(suspended_at=None)
    found = list(people.filter(email=who.lower())[:1]) or list(people.filter(number=who)[:1])
    found = found or list(people.filter(sort_key__contains=who.casefold()).order_by("pk")[:2])
    if not who or not found:
        raise ValidationError(_("Nobody fits. Write an e-mail address, a number or a name."))
    if len(found) > 1:
        raise ValidationError(_("Several people fit. Write the e-mail address."))
    return found[0]


def _told(course: Course, role: str) -> dict[str, Any]:
    """Return a seat as the log of a person shows it."""
    labels = {each.key: each.label for each in all_roles()}
    return {"course": course.title, "role": labels.get(role, role)}


def _may_offer(reader: Person, role: Role, course: Course) -> bool:
    of_courses = role.key in ROLES or not role.built_in
    return of_courses and may_seat(reader, role.key, course)


def _may_take_out(
    reader: Person, course: Course, seats: Iterable[Enrollment | GroupEnrollment]
) -> set[str]:
    """Return those roles of these seats, or seats that groups give, that the reader may end."""
    return {role for role in {seat.role for seat in seats} if may_seat(reader, role, course)}
