"""Files that nothing names any more are freed, after a grace.

Each night we write down of every file since when nothing names it, and take that back where
something does again. What stayed unnamed for the whole grace goes: first the row, with what was
derived from it, and its bytes when that is committed and no other file has them (`store.sweep`).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from schola.kernel import clock
from schola.kernel.models import File
from schola.kernel.naming import NAMES, names_in, naming_columns, naming_relations, readers

GRACE = timedelta(days=14)  # longer than an address lives that an open editor may still hold
BATCH = 200


def hold(said: object) -> None:
    """Keep the files that a text or a config names: ask in the transaction that writes it.

    At most one query, and none if it names no file. Without it a file could go in the moment in
    which a text takes it up again. Who relates a row to a file of an earlier transaction asks with
    hold({"file": file.pk}): a relation is checked only at its commit, which would fail.
    """
    if names := names_in(str(said)):
        marked = File.objects.exclude(unnamed_since=None)
        marked.filter(_named(names) | _named(names, "derivatives__")).update(unnamed_since=None)


def mark_unnamed() -> int:
    """Write down since when nothing names a file; return how many files are unnamed now."""
    unnamed = unnamed_of(File.objects.filter(source=None))
    marked = set(File.objects.exclude(unnamed_since=None).values_list("pk", flat=True))
    for pks in _batches(unnamed - marked):
        File.objects.filter(pk__in=pks).update(unnamed_since=clock.now())
    for pks in _batches(marked - unnamed):
        File.objects.filter(pk__in=pks).update(unnamed_since=None)
    return len(unnamed)


def unnamed_of(files: QuerySet[File]) -> set[int]:
    """Return those of these files, no derivatives, that nothing names. Reads all texts."""
    named = _named_files()
    loose = _loose(files).values_list("pk", flat=True)
    return {pk for pk in loose.iterator() if pk not in named}


def forget_unnamed() -> int:
    """Delete the files that nothing has named for the whole grace; return how many.

    Their bytes stay for `store.sweep`. What is in use at this moment waits for another night.
    """
    before, gone = clock.now() - GRACE, 0
    old = File.objects.filter(unnamed_since__lt=before)
    for pks in _batches(old.values_list("pk", flat=True)):
        gone += _forget(pks, before)
    return gone


@transaction.atomic
def _forget(pks: list[int], before: datetime) -> int:
    """Lock, then look again: who holds a file now waits for us, or has made us pass it by."""
    whole = Q(pk__in=pks) | Q(source__in=pks)
    family = File.objects.filter(whole).order_by("pk")
    locked = set(family.select_for_update(skip_locked=True).values_list("pk", flat=True))
    used = {source or pk for pk, source in family.values_list("pk", "source") if pk not in locked}
    ours = File.objects.filter(pk__in=set(pks) - used, unnamed_since__lt=before)
    going = list(_loose(ours).values_list("pk", flat=True))
    File.objects.filter(pk__in=going).delete()
    return len(going)


def _loose(files: QuerySet[File]) -> QuerySet[File]:
    """Keep the files to which nothing above the kernel is related, nor to what they became."""
    for model, name in naming_relations(File):
        for path in (name, f"{name}__source"):
            files = files.filter(~Exists(model._base_manager.filter(**{path: OuterRef("pk")})))
    return files


def _batches(pks: Iterable[int]) -> Iterator[list[int]]:
    rows = sorted(pks)
    return (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))


def _named_files() -> set[int]:
    """Return the files that texts name, or of which they name something that the file became."""
    names = {name for text in _texts() for name in names_in(text)}
    rows = File.objects.values_list("pk", "source", "sha256").iterator()
    return {source or pk for pk, source, sha256 in rows if pk in names or sha256 in names}


def _named(names: set[str | int], path: str = "") -> Q:
    digests = {name for name in names if isinstance(name, str)}
    return Q(**{f"{path}sha256__in": digests}) | Q(**{f"{path}pk__in": names - digests})


def _texts() -> Iterator[str]:
    """Return all that may name files by their digests, a few rows at a time."""
    for model, name in naming_columns():
        rows = model.objects.annotate(_said=Cast(name, TextField()))
        found = rows.filter(_said__regex=NAMES)
        yield from found.values_list("_said", flat=True).iterator(chunk_size=BATCH)
    for reader in readers:
        yield from reader()
