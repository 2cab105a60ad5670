"""Groups: a class, a cohort, a department."""

from typing import Any

from django.db import models
from django.db.models import Q

from schola.kernel.pii import not_personal
from schola.kernel.tenants import Owned
from schola.people.models.person import Person


@not_personal("name", "number")
class Group(Owned):
    """People who are enrolled, reminded and reported on together."""

    scope_paths = {"group": "pk"}
    view_capability = "groups.view"

    name = models.CharField(max_length=120)
    number = models.CharField(max_length=60, null=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "name"], name="one_group_per_name"),
            models.UniqueConstraint(fields=["organization", "number"], name="one_group_per_number"),
            models.CheckConstraint(condition=~Q(name=""), name="group_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"

    @classmethod
    def from_url(cls, kwargs: dict[str, Any]) -> "Group":
        return cls.objects.get(pk=kwargs.pop("group"))


class GroupMember(Owned):
    """A person in a group."""

    scope_paths = {"group": "group_id", "person": "person_id"}
    view_capability = "groups.view"

    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="once_in_a_group"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
