"""Seats: who is in which course, as what."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from schola.courses.models import Course
from schola.kernel.pii import not_personal
from schola.kernel.tenants import Owned, OwnedManager, OwnedQuerySet
from schola.people.models import Group, Person


class EnrollmentQuerySet(OwnedQuerySet):
    def active(self) -> Self:
        return self.filter(ended_at=None)

    def learners(self) -> Self:
        return self.filter(role="learner")


@not_personal("role")
class Enrollment(Owned):
    """A person's seat in a course, and the role they hold there.

    A seat ends but is not removed: the work that was done in it stays with it. Who comes again
    takes the seat of the next generation.
    """

    class Source(models.TextChoices):
        HAND = "hand"
        FILE = "file"
        GROUP = "group"
        SELF = "self"

    scope_paths = {"course": "course_id", "person": "person_id"}
    view_capability = "course.people"

    person = models.ForeignKey(Person, models.CASCADE, related_name="enrollments")
    course = models.ForeignKey(Course, models.CASCADE, related_name="enrollments")
    role = models.SlugField(max_length=40, default="learner")
    generation = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(max_length=8, choices=Source, default=Source.HAND)
    group = models.ForeignKey(Group, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    objects = OwnedManager.from_queryset(EnrollmentQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person", "role", "generation"], name="one_seat_per_generation"
            ),
            models.UniqueConstraint(
                fields=["course", "person", "role"],
                condition=Q(ended_at=None),
                name="one_open_seat_per_role",
            ),
        ]
        indexes = [models.Index(fields=["person", "course"], name="seats_of_a_person")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.role}"

    @classmethod
    def from_url(cls, kwargs: dict[str, Any]) -> "Enrollment":
        return cls.objects.select_related("course", "person").get(
            course__slug=kwargs.pop("course"), pk=kwargs.pop("seat")
        )


@not_personal("role")
class GroupEnrollment(Owned):
    """A group whose members have seats in a course for as long as they belong to it."""

    scope_paths = {"course": "course_id", "group": "group_id"}
    view_capability = "course.people"

    group = models.ForeignKey(Group, models.CASCADE, related_name="courses")
    course = models.ForeignKey(Course, models.CASCADE, related_name="groups")
    role = models.SlugField(max_length=40, default="learner")
    due_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "course", "role"], name="group_once_in_course"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
