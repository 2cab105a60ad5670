"""Which columns hold personal data (D38). Said beside the table; erasure and export read it.

    @personal(full_name="name", email="contact")
    @not_personal("theme", "state")
    class Person(Owned): …

A test fails on a text column of ours of which neither is said.
"""

from collections.abc import Callable

from django.apps import apps
from django.db.models import CharField, Field, JSONField, Model, TextField

_tags: dict[
    tuple[str, str], str
] = {}  # (module.Class, column) -> kind, "" where it is not personal


def personal(**kinds: str) -> Callable[[type[Model]], type[Model]]:
    """Say of each column what kind of personal data it holds, such as "name" or "contact"."""

    def tag(model: type[Model]) -> type[Model]:
        _tag(model, kinds)
        return model

    return tag


def not_personal(*names: str) -> Callable[[type[Model]], type[Model]]:
    """Say that these columns hold nothing about a person."""

    def tag(model: type[Model]) -> type[Model]:
        _tag(model, dict.fromkeys(names, ""))
        return model

    return tag


def personal_columns(model: type[Model]) -> dict[str, str]:
    """Return the columns of a table that hold personal data, with their kinds."""
    kinds = {field.name: _tags.get(_key(model, field.name), "") for field in _columns(model)}
    return {name: kind for name, kind in kinds.items() if kind}


def untagged_text_columns() -> list[str]:
    """Return the text and JSON columns of our tables of which nothing is said, by name."""
    return sorted(
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=False)
        if model.__module__.startswith("schola.")
        for field in _columns(model)
        if isinstance(field, CharField | TextField | JSONField)
        and not field.choices
        and _key(model, field.name) not in _tags
    )


def _tag(model: type[Model], kinds: dict[str, str]) -> None:
    known = {field.name for field in _columns(model)}
    if unknown := kinds.keys() - known:
        raise ValueError(f"{model.__name__} has no column {sorted(unknown)[0]!r}.")
    _tags.update({_key(model, name): kind for name, kind in kinds.items()})


def _columns(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.local_fields if field.column]


def _key(model: type[Model], name: str) -> tuple[str, str]:
    return f"{model.__module__}.{model.__qualname__}", name
