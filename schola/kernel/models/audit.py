"""What staff did, who signed in, who looked at what is private. Rows are never changed."""

from django.db import models
from django.db.models import Q

from schola.kernel.pii import not_personal, personal
from schola.kernel.tenants import Owned


@not_personal("act", "object_kind", "object_id", "digest", "previous_hash", "hash")
class AuditEntry(Owned):
    """One act, written in the transaction of the act itself and chained within a second.

    act            what was done, such as "role.given" or "read grades"
    actor_id       the person who did it; None for the system
    digest         sha256 over a salt and the values before and after; these lie in AuditValues
    seq            the place in the organization's chain, from 1; None until it is chained
    hash           sha256 over this row and the hash before it

    The database refuses to change or delete rows (triggers in migration 0005). A migration that
    lets Django rebuild this table on SQLite must lay them again.
    """

    scope_paths = {}
    view_capability = "jobs.view"

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    act = models.CharField(max_length=80)
    object_kind = models.CharField(max_length=60, default="", blank=True)
    object_id = models.CharField(max_length=64, default="", blank=True)
    digest = models.CharField(max_length=64, default="", blank=True)
    seq = models.BigIntegerField(null=True)
    previous_hash = models.CharField(max_length=64, default="", blank=True)
    hash = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "seq"], name="one_entry_per_seq"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(seq=None), name="audit_to_chain"),
            models.Index(fields=["organization", "object_kind", "object_id"], name="audit_of"),
            models.Index(fields=["organization", "actor_id", "at"], name="audit_by"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.act}"


@personal(before="audited values", after="audited values")
@not_personal("salt")
class AuditValues(Owned):
    """What an act changed. May be erased: without the salt the digest says nothing."""

    scope_paths = {}
    view_capability = "jobs.view"

    entry = models.OneToOneField(
        AuditEntry, models.PROTECT, primary_key=True, related_name="values"
    )
    salt = models.CharField(max_length=32)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"#{self.pk}"


@not_personal("hash")
class AuditHead(Owned):
    """Where the chain of an organization ends. A tail that was cut off shows by it."""

    scope_paths = {}
    view_capability = "jobs.view"

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization"], name="one_chain_per_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.seq}"
