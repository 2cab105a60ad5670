"""A file of people on its way into the school, and what each of its rows comes to."""

from typing import Any

from django.db import models

from schola.kernel.models import File
from schola.kernel.naming import names_no_files
from schola.kernel.pii import not_personal, personal
from schola.kernel.tenants import Owned
from schola.people.models.person import Person


@not_personal("header", "columns", "counts", "fault")
class PersonImport(Owned):
    """One file of people: read and compared first, applied when somebody says so, and undone.

    header           the names of all columns of the file, once it is read
    columns          {what it is: the name of the column}, guessed and then chosen
    suspend_missing  suspend those who are not in the file; never people with a role
    counts           {kind: rows}, when it is checked; "spared": staff in no row; "makes": names of
                     groups that are missing; when it is applied, "made": their ids
    fault            why the file cannot be read, as a sentence
    """

    class State(models.TextChoices):
        CHECKING = "checking"
        CHECKED = "checked"
        FAULTY = "faulty"
        APPLYING = "applying"
        DONE = "done"
        UNDOING = "undoing"
        UNDONE = "undone"

    scope_paths = {}
    view_capability = "people.import"

    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.CHECKING)
    header = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    suspend_missing = models.BooleanField(default=False)
    counts = models.JSONField(default=dict)
    fault = models.TextField(default="", blank=True)
    job_id = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "made_at"], name="imports_by_age")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"

    @classmethod
    def from_url(cls, kwargs: dict[str, Any]) -> "PersonImport":
        return cls.objects.select_related("file").get(pk=kwargs.pop("imported"))


@personal(changes="name", cells="name")
@not_personal("groups", "joined", "error", "left")
@names_no_files("changes", "groups", "cells", "joined", "error", "left")
class ImportRow(Owned):
    """What one row of the file comes to.

    number   of the row in the file; below zero: a person who is not in the file
    changes  {column: [before, after]}
    groups   names of the groups to join
    cells    what stands in the file, of a row that is rejected
    joined   ids of the groups that the person came into by this row
    error    why the row is rejected, or could not be applied
    left     why the row was left as it is when the import was undone
    """

    class Kind(models.TextChoices):
        CREATED = "created"
        CHANGED = "changed"
        UNCHANGED = "unchanged"
        SUSPENDED = "suspended"
        REJECTED = "rejected"

    scope_paths = {}
    view_capability = "people.import"

    of = models.ForeignKey(PersonImport, models.CASCADE, related_name="rows")
    number = models.BigIntegerField()
    kind = models.CharField(max_length=9, choices=Kind)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    changes = models.JSONField(default=dict)
    groups = models.JSONField(default=list)
    cells = models.JSONField(default=dict)
    joined = models.JSONField(default=list)
    error = models.TextField(default="", blank=True)
    applied_at = models.DateTimeField(null=True)
    left = models.TextField(default="", blank=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="one_row_per_number"),
        ]
        indexes = [models.Index(fields=["of", "kind", "number"], name="import_rows_by_kind")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"
