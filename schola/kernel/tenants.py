"""Whose rows these are. Every row of the domain belongs to one organization.

The organization in which we act is set once, from the host of a request, the row of a job or the
option of a command; each manager then shows only its rows. Forgetting to set it is an error, not
a look into everybody's data. PostgreSQL is told as well (kernel/postgres, kernel/row_security) and
shows no other rows either, whatever is asked.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models

from schola.kernel.acting import (
    NoOrganization,
    acting_in,
    acts_everywhere,
    current_organization,
    everywhere,
)

__all__ = [
    "NoOrganization",
    "Owned",
    "OwnedManager",
    "OwnedQuerySet",
    "acting_in",
    "current_organization",
    "everywhere",
]


class OwnedQuerySet(models.QuerySet):
    """Rows that know to whom they belong when they are made in bulk, too."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        objs = list(objs)
        for row in objs:
            row.claim()
        return super().bulk_create(objs, *args, **options)


class OwnedManager(models.Manager.from_queryset(OwnedQuerySet)):
    """Shows the rows of the organization in which we act."""

    def get_queryset(self) -> OwnedQuerySet:
        return super().get_queryset().filter(organization_id=current_organization())

    def across(self) -> OwnedQuerySet:
        """Return the rows of all organizations, to be read `with everywhere()`.

        For the kernel and for migrations only. Raises NoOrganization outside of such a block.
        """
        if not acts_everywhere():
            raise NoOrganization("Look at everybody's rows within `with everywhere(): …`.")
        return super().get_queryset()


class Owned(models.Model):
    """The base of every row of the domain."""

    organization = models.ForeignKey(
        "kernel.Organization", models.PROTECT, related_name="+", editable=False
    )

    objects = OwnedManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        self.claim()
        super().save(*args, **options)

    def claim(self) -> None:
        """Belong to the organization in which we act, unless the row already belongs to one."""
        if self.organization_id is None:
            self.organization_id = current_organization()
