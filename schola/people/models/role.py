"""Roles, and who holds them where."""

from django.db import models
from django.db.models import Q

from schola.kernel.pii import not_personal
from schola.kernel.tenants import Owned
from schola.people.models.group import Group
from schola.people.models.person import Person


@not_personal("key", "name", "capabilities")
class Role(Owned):
    """A named bundle of capabilities. None as capabilities: what the declarations give the key."""

    scope_paths = {}
    view_capability = "roles.edit"

    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    capabilities = models.JSONField(null=True, default=None)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "key"], name="one_role_per_key"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.key}"


class RoleGrant(Owned):
    """A role that a person holds everywhere, or in one group. In a course it is a seat."""

    scope_paths = {"person": "person_id"}
    view_capability = "people.view"

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.ForeignKey(Role, models.PROTECT, related_name="grants")
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="grants")
    ends_at = models.DateTimeField(null=True)
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=Q(group=None), name="one_grant_everywhere"
            ),
            models.UniqueConstraint(fields=["person", "role", "group"], name="one_grant_per_group"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
