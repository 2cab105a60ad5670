"""Whom the school knows."""

from typing import Any

from django.db import models
from django.db.models import Q

from schola.kernel.ids import new_version
from schola.kernel.pii import personal
from schola.kernel.tenants import Owned
from schola.people.models.user import User


@personal(
    full_name="name",
    called="name",
    sort_key="name",
    email="contact",
    number="identifier",
    language="preference",
    time_zone="preference",
    theme="preference",
    attributes="profile",
)
class Person(Owned):
    """Somebody the organization knows: a learner, an instructor, a manager. Rights hang on them.

    user     how they sign in; None until they accept their invitation
    called   what to call them; empty means the full name
    number   the organization's own number for them, such as a matriculation number
    """

    scope_paths = {"person": "pk", "group": "memberships__group_id"}
    view_capability = "people.view"

    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="persons")
    full_name = models.CharField(max_length=160)
    called = models.CharField(max_length=80, default="", blank=True)
    sort_key = models.CharField(max_length=160, default="", blank=True)
    email = models.EmailField(null=True, blank=True)
    number = models.CharField(max_length=60, null=True, blank=True)
    language = models.CharField(max_length=12, default="", blank=True)
    time_zone = models.CharField(max_length=64, default="", blank=True)
    theme = models.CharField(max_length=8, default="", blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    suspended_at = models.DateTimeField(null=True)
    permission_version = models.BigIntegerField(default=new_version)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "user"], name="one_person_per_user"),
            models.UniqueConstraint(fields=["organization", "email"], name="one_person_per_email"),
            models.UniqueConstraint(
                fields=["organization", "number"], name="one_person_per_number"
            ),
            models.CheckConstraint(condition=~Q(full_name=""), name="person_has_a_name"),
        ]
        indexes = [models.Index(fields=["organization", "sort_key"], name="people_in_order")]

    roles_version = 0  # the organization's version, set by the session that loaded the person

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def name(self) -> str:
        """What to call the person on a page."""
        return self.called or self.full_name

    def save(self, *args: Any, **options: Any) -> None:
        self.sort_key = self.sort_key or self.full_name.casefold()
        super().save(*args, **options)

    @classmethod
    def from_url(cls, kwargs: dict[str, Any]) -> "Person":
        return cls.objects.get(pk=kwargs.pop("person"))
