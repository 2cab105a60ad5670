"""What names a file, and so keeps it (see files/unnamed.py).

Every relation to a file names it. So does its sha256 in any text or JSON column of a table above
the kernel, and in JSON its number under a key such as "file" or "file_ids". A column that only
tells of a file, or only of what once was, says so beside its table, so that nothing is kept for
it and nothing is read:

    @names_no_files("response")
    class Statement(Owned): …

What is kept outside of tables, in bytes of the store, is told by a reader:

    @reads_names
    def texts_of_documents() -> Iterator[str]: …
"""

import re
from collections.abc import Callable, Iterable, Iterator

from django.apps import apps
from django.db.models import CharField, Field, JSONField, Model, TextField

from schola.kernel.tenants import Owned

DIGEST_LENGTH = 64
DIGEST = r"[0-9a-f]{64}"
KEY = r"""["'](?:\w+_)?files?(?:_ids?)?["']:"""
NAMES = f"{DIGEST}|{KEY}"  # what a text has that names files, for a database to look for
DIGESTS = re.compile(f"(?=({DIGEST}))")  # wherever one may begin: other hex digits may stand before
NUMBERS = re.compile(rf"{KEY}\s*\[?((?:\s*[\"']?\d{{1,18}}[\"']?,?)+)")
Reader = Callable[[], Iterable[str]]

_silent: set[tuple[type[Model], str]] = set()
readers: list[Reader] = []


def names_no_files(*names: str) -> Callable[[type[Model]], type[Model]]:
    """Say that these columns or relations keep no file."""

    def tag(model: type[Model]) -> type[Model]:
        known = {field.name for field in model._meta.local_fields}
        if unknown := set(names) - known:
            raise ValueError(f"{model.__name__} has no column {sorted(unknown)[0]!r}.")
        _silent.update((model, name) for name in names)
        return model

    return tag


def reads_names(reader: Reader) -> Reader:
    """Decorator: the texts that this returns, of the organization in which we act, name files."""
    readers.append(reader)
    return reader


def names_in(text: str) -> set[str | int]:
    """Return the digests and the numbers by which a text or a config in text names files."""
    numbers = {int(number) for said in NUMBERS.findall(text) for number in re.findall(r"\d+", said)}
    return set(DIGESTS.findall(text)) | numbers


def naming_relations(to: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """Return the tables and relations that keep rows of this table, lists of them included."""
    for model, field in _fields():
        if field.remote_field and field.related_model is to:
            yield model, field.name


def naming_columns() -> Iterator[tuple[type[Model], str]]:
    """Return the tables and columns in which a digest or a number keeps a file."""
    for model, field in _fields():
        if model._meta.app_label == "kernel":
            continue
        if issubclass(model, Owned) and not field.choices and _has_room(field):
            yield model, field.name


def _fields() -> Iterator[tuple[type[Model], Field]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy:
            continue
        for field in model._meta.local_fields:
            if (model, field.name) not in _silent:
                yield model, field


def _has_room(field: Field) -> bool:
    if isinstance(field, CharField):
        return field.max_length is None or field.max_length >= DIGEST_LENGTH
    return isinstance(field, JSONField | TextField)
