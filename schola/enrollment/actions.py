"""Giving seats and taking them back."""

import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from schola.courses.models import Course
from schola.enrollment.events import Enrolled, EnrollmentEnded
from schola.enrollment.models import Enrollment, EnrollmentQuerySet, GroupEnrollment
from schola.enrollment.rights import must_be_allowed
from schola.kernel import clock
from schola.kernel.events import emit
from schola.people.actions.guessing import count_guess, forget_guesses
from schola.people.events import GroupJoined, GroupLeft
from schola.people.locks import lock_group, lock_groups, lock_people
from schola.people.models import Group, GroupMember, Person, Role
from schola.people.models.role import BUILT_IN
from schola.people.rights import rights_changed


class Seated(NamedTuple):
    """What giving people seats has changed.

    new   the ids of those who have got one
    kept  {person id: name of the group} of those who had one from a group, and keep it from now
          on when the group goes; the name is empty if the group is gone already
    """

    new: list[int]
    kept: dict[int, str]


class Fed(NamedTuple):
    """A group that feeds a course: whether it is new there, and the ids of who got a seat now."""

    link: GroupEnrollment
    is_new: bool
    seated: list[int]


def enroll(person: Person, course: Course, role: str = "learner", **fields: Any) -> Enrollment:
    """Give the person a seat. Who has one keeps it; who has left gets the next generation.

    Takes and raises what `enroll_many` does.
    """
    enroll_many([person.pk], course, role, **fields)
    return Enrollment.objects.active().get(person=person, course=course, role=role)


@transaction.atomic
def enroll_many(
    person_ids: Iterable[int],
    course: Course,
    role: str = "learner",
    *,
    by: Person | None = None,
    **fields: Any,
) -> Seated:
    """Give each of the people a seat; return whose are new. Safe to repeat and to race.

    Who is seated by a group only, and is given the seat otherwise, keeps it when the group goes.

    by  who gives it; None: the program itself, as when somebody joins by themselves

    Raises PermissionDenied if the role holds more in the course than the giver does, and
    ValidationError if it is not there any more.
    """
    must_be_allowed(by, role, course)
    wanted = sorted(set(person_ids))
    _must_be_there(role)
    lock_people(wanted)
    seats = Enrollment.objects.filter(course=course, role=role, person__in=wanted)
    kept = _keep(seats, fields.get("source", Enrollment.Source.HAND))
    seated = set(seats.active().values_list("person_id", flat=True))
    new = [pk for pk in wanted if pk not in seated]
    if not new:
        return Seated([], kept)
    last = dict(seats.values_list("person_id").annotate(last=Max("generation")))
    now = clock.now()
    rows = [
        Enrollment(
            person_id=pk, course=course, role=role, started_at=now,
            generation=last.get(pk, 0) + 1, **fields,
        )
        for pk in new
    ]  # fmt: skip
    Enrollment.objects.bulk_create(rows, batch_size=500)
    rights_changed(new)
    emit(Enrolled(course_id=course.pk, person_ids=new, role=role))
    return Seated(new, kept)


def _keep(seats: EnrollmentQuerySet, source: str) -> dict[int, str]:
    """Let those of the seats that are open and a group's be given otherwise; return whose, by whom.

    Their people are locked: whoever takes the group out at the same moment has done so before, and
    the seats are given anew, or finds them kept.
    """
    if source == Enrollment.Source.GROUP:
        return {}
    given = list(seats.active().filter(source=Enrollment.Source.GROUP).select_related("group"))
    Enrollment.objects.filter(pk__in=[seat.pk for seat in given]).update(source=source, group=None)
    return {seat.person_id: seat.group.name if seat.group else "" for seat in given}


@transaction.atomic
def end_enrollments(
    person_ids: Iterable[int], course: Course, role: str = "learner", *, by: Person | None = None
) -> list[int]:
    """Take the seats back; return whose were open. The work done in them is kept.

    They are locked first: of two who take one back at the same moment, one has done it. A step
    that is being recorded in one holds the seat as well.

    Raises PermissionDenied as `enroll_many`.
    """
    must_be_allowed(by, role, course)
    wanted = sorted(set(person_ids))
    lock_people(wanted)
    seats = Enrollment.objects.filter(course=course, role=role, person__in=wanted).active()
    locked = seats.select_for_update(no_key=True).order_by("pk")
    open_seats = dict(locked.values_list("pk", "person_id"))
    Enrollment.objects.filter(pk__in=open_seats).update(ended_at=clock.now())
    seated = list(open_seats.values())
    rights_changed(seated)
    if seated:
        emit(EnrollmentEnded(course_id=course.pk, person_ids=seated, role=role))
    return seated


def _must_be_there(role: str) -> None:
    """Hold a role of the organization's own until the end, so that nobody deletes it meanwhile."""
    if role in BUILT_IN:
        return
    if Role.objects.select_for_update(no_key=True).filter(key=role).first() is None:
        raise ValidationError(_("Choose a role."))


def enroll_self(person: Person, course: Course, key: str = "") -> Enrollment:
    """Let a person take a seat by themselves. A key that they give is counted before: `count_key`.

    Raises ValidationError if the course does not let them, or the key is not the course's.
    """
    if not course.published_at or course.self_enrollment == Course.SelfEnrollment.CLOSED:
        raise ValidationError(_("This course is not open to everybody. Ask its instructor."))
    if course.self_enrollment == Course.SelfEnrollment.KEY:
        if not hmac.compare_digest(key.strip().encode(), course.enrollment_key.encode()):
            words = _("This is not the key of the course. Ask its instructor for it.")
            raise ValidationError(words)
        forget_guesses(_key_of(course, person))
    return enroll(person, course, source=Enrollment.Source.SELF)


def count_key(person: Person, course: Course) -> None:
    """Count that a person tries a key of a course, before it is judged and in no transaction.

    Raises ValidationError with the code "slow" after too many wrong keys.
    """
    slow = _("Too many tries. Wait a quarter of an hour, or ask the instructor for the key.")
    count_guess(_key_of(course, person), slow)


def _key_of(course: Course, person: Person) -> str:
    return f"key of course {course.pk} by person {person.pk}"


@transaction.atomic
def enroll_group(
    group: Group, course: Course, role: str = "learner", *, by: Person | None = None
) -> Fed:
    """Give the group's members seats, now and whenever somebody joins. Safe to repeat.

    Raises PermissionDenied as `enroll_many`, and ValidationError if the group has been deleted
    meanwhile.
    """
    must_be_allowed(by, role, course)
    lock_group(group.pk)
    link, is_new = GroupEnrollment.objects.get_or_create(group=group, course=course, role=role)
    members = GroupMember.objects.filter(group=group).values_list("person_id", flat=True)
    source = {"source": Enrollment.Source.GROUP, "group": group, "due_at": link.due_at}
    return Fed(link, is_new, enroll_many(members, course, role, **source).new)


def set_due(seat: Enrollment, due_at: datetime | None) -> None:
    """Let the course be due for one person at this moment, or at none."""
    Enrollment.objects.filter(pk=seat.pk).update(due_at=due_at)
    seat.due_at = due_at


@transaction.atomic
def set_group_due(link: GroupEnrollment, due_at: datetime | None) -> int:
    """Let the course be due for a group; return for how many who are in it now.

    Who was given a date of their own keeps it. Who joins later gets the new one.

    Raises ValidationError if the group has been taken out of the course meanwhile.
    """
    lock_groups([link.group_id])
    before = GroupEnrollment.objects.filter(pk=link.pk).first()
    if before is None:
        raise ValidationError(_("This group has been taken out of the course meanwhile."))
    GroupEnrollment.objects.filter(pk=link.pk).update(due_at=due_at)
    link.due_at = due_at
    seats = Enrollment.objects.active().filter(
        course=link.course_id, role=link.role, group=link.group_id, due_at=before.due_at
    )
    lock_people(seats.values_list("person_id", flat=True))
    list(seats.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return seats.update(due_at=due_at)


def seat_members(event: GroupJoined) -> None:
    """Give who joined a group the seats that the group gives. It is locked, and so are they."""
    links = GroupEnrollment.objects.filter(group_id=event.group_id).select_related("course")
    for link in links.order_by("course_id", "pk"):
        source = {"source": "group", "group_id": event.group_id, "due_at": link.due_at}
        enroll_many(event.person_ids, link.course, link.role, **source)


def unseat_members(event: GroupLeft) -> None:
    """Take back from who left a group the seats that only it gave. It is locked; so are they."""
    links = GroupEnrollment.objects.filter(group_id=event.group_id).select_related("course")
    for link in links.order_by("course_id", "pk"):
        given = _fed(link).filter(group=link.group_id, person__in=event.person_ids)
        _end_seats(given, link)


@transaction.atomic
def take_group_out(link: GroupEnrollment, *, by: Person | None = None) -> list[int] | None:
    """Let the group put nobody into the course any more; return whose seats ended.

    None if somebody else has taken it out meanwhile. Who has a seat by hand, by themselves or by
    another group keeps it, and so does what was done.

    Raises PermissionDenied as `enroll_many`.
    """
    must_be_allowed(by, link.role, link.course)
    lock_groups([link.group_id])
    if not GroupEnrollment.objects.filter(pk=link.pk).delete()[0]:
        return None
    lock_people(_fed(link).values_list("person_id", flat=True))
    return _end_seats(_fed(link).filter(group=link.group_id), link)


def _fed(link: GroupEnrollment) -> EnrollmentQuerySet:
    """Return the open seats in the course that any group gave."""
    seats = Enrollment.objects.active().filter(course=link.course_id, role=link.role)
    return seats.filter(source=Enrollment.Source.GROUP)


def _end_seats(seats: EnrollmentQuerySet, left: GroupEnrollment) -> list[int]:
    """End those of the seats that no other group gives as well; return whose.

    Their people are locked, so that one that is given otherwise at the same moment is kept.
    """
    _hand_over(seats, left)
    return end_enrollments(list(seats.values_list("person_id", flat=True)), left.course, left.role)


def _hand_over(seats: EnrollmentQuerySet, left: GroupEnrollment) -> None:
    """Let those of the seats that another group gives as well be its own from now on."""
    feeds = GroupEnrollment.objects.filter(course=left.course_id, role=left.role)
    for feed in feeds.exclude(group=left.group_id).order_by("pk"):
        members = GroupMember.objects.filter(group=feed.group_id).values("person")
        seats.filter(person__in=members).update(group=feed.group_id)
