"""A school, company or public body that shares this installation with others."""

from django.db import models
from django.db.models import Q

from schola.kernel.ids import new_version
from schola.kernel.pii import not_personal


@not_personal("name", "host", "language", "time_zone", "brand_color")
class Organization(models.Model):
    """Whose rows these are, and how its pages look and speak.

    `version` is another one after every change to the look, the language or the roles, so that
    what a process keeps of an organization is dropped when it is no longer true.
    """

    name = models.CharField(max_length=120)
    host = models.CharField(max_length=253, null=True, unique=True, default=None)
    language = models.CharField(max_length=12, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    brand_color = models.CharField(max_length=7, default="#01614d")
    version = models.BigIntegerField(default=new_version)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="organization_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"
