"""Roles, and who holds them where."""

import hashlib
import json
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schola.kernel import clock
from schola.kernel.pii import not_personal
from schola.kernel.tenants import Owned, OwnedManager, OwnedQuerySet
from schola.people.models.group import Group
from schola.people.models.person import Person

BUILT_IN = {
    "learner": _("Learner"),
    "instructor": _("Instructor"),
    "assistant": _("Teaching assistant"),
    "designer": _("Course designer"),
    "manager": _("Manager"),
    "auditor": _("Auditor"),
    "administrator": _("Administrator"),
}


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

    @property
    def built_in(self) -> bool:
        return self.key in BUILT_IN

    @property
    def label(self) -> str:
        """What the role is called on a page; a built-in one in the language of the reader."""
        return str(BUILT_IN.get(self.key, self.name))

    @property
    def revision(self) -> int:
        """A number that is another one when the name or what the role holds is, below 2**48."""
        held = None if self.capabilities is None else sorted(self.capabilities)
        words = json.dumps([self.name, held])
        return int(hashlib.sha256(words.encode()).hexdigest()[:12], 16)

    @classmethod
    def from_url(cls, kwargs: dict[str, Any]) -> "Role":
        return cls.objects.get(key=kwargs.pop("role"))


class RoleGrantQuerySet(OwnedQuerySet):
    def open(self) -> Self:
        """Keep those that have not ended."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=clock.now()))


class RoleGrant(Owned):
    """A role that a person holds everywhere, or in one group. In a course it is a seat."""

    scope_paths = {"person": "person_id"}
    view_capability = "people.view"

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.ForeignKey(Role, models.PROTECT, related_name="grants")
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="grants")
    ends_at = models.DateTimeField(null=True)
    granted_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedManager.from_queryset(RoleGrantQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=Q(group=None), name="one_grant_everywhere"
            ),
            models.UniqueConstraint(fields=["person", "role", "group"], name="one_grant_per_group"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def over(self) -> bool:
        """Whether the grant has ended, so that it gives nothing any more."""
        return self.ends_at is not None and self.ends_at <= clock.now()
