"""Files of people and of courses. The bytes lie in the store, by what they are (sha256)."""

from django.db import models
from django.db.models import Q

from schola.kernel.ids import uuid7
from schola.kernel.naming import names_no_files
from schola.kernel.pii import not_personal, personal
from schola.kernel.tenants import Owned


@personal(name="file name")
@not_personal("sha256", "media_type", "purpose", "key")
@names_no_files("source")
class File(Owned):
    """One use of some bytes. Many files may share the same bytes; they go with the last of them.

    sha256      of the bytes, 64 hex digits: where they lie and what their address says
    media_type  found by looking into the bytes, never taken from the sender
    purpose     what it was sent for, such as "submission"; its limits are declared by name
    unnamed_since  when we first saw that nothing names it; None: something does, or it is new
    source      for a derivative, the file that it was made from, and `key` says which it is
    """

    scope_paths = {}
    view_capability = "jobs.view"

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=40)
    source = models.ForeignKey("self", models.CASCADE, null=True, related_name="derivatives")
    key = models.CharField(max_length=40, default="", blank=True)
    created_at = models.DateTimeField()
    unnamed_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source=None, key="") | (Q(source__isnull=False) & ~Q(key="")),
                name="derivative_has_a_key",
            ),
            models.UniqueConstraint(fields=["source", "key"], name="one_derivative_per_key"),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="files_by_bytes"),
            models.Index(
                fields=["unnamed_since"],
                condition=Q(unnamed_since__isnull=False),
                name="files_unnamed",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.media_type}"


@personal(name="file name")
@not_personal("purpose")
@names_no_files("file")
class Upload(Owned):
    """A file on its way, in pieces that may be sent again after a cut. Reaped after a day.

    offset  how many bytes are safely here
    file    what became of it: asking twice for the end gives the same file
    """

    scope_paths = {"person": "person_id"}
    view_capability = "jobs.view"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    file = models.ForeignKey(File, models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(offset__lte=models.F("size")), name="upload_within_its_size"
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="uploads_by_age")]

    def __str__(self) -> str:
        return f"{self.pk} {self.offset}/{self.size}"
