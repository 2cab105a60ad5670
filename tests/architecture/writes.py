"""Finds in a module's text where rows are written, and of which table.

It reads what a reader reads: `Course.objects.create(…)`, `course.modules.update(…)` by the related
name, `course.save()` where `course` is annotated as a Course or was made from one.
"""

import ast
from collections.abc import Iterator
from functools import cache

from django.apps import apps

WRITES = {"create", "bulk_create", "bulk_update", "update", "delete", "save"}
WRITES |= {"get_or_create", "update_or_create"}
READS_A_ROW = {"get", "first", "last", "latest", "earliest", "create", "from_url"}


@cache
def tables() -> dict[str, str]:
    """Return class name -> module, for every table of ours."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("schola."))
    return {model.__name__: model.__module__ for model in ours}


@cache
def related_names() -> dict[str, str]:
    """Return related name -> the class of its rows, where the name is the only one."""
    found: dict[str, set[str]] = {}
    for model in apps.get_models():
        for field in model._meta.related_objects:
            if name := field.get_accessor_name():
                found.setdefault(name, set()).add(field.related_model.__name__)
    return {name: classes.pop() for name, classes in found.items() if len(classes) == 1}


def writes(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield (class name, line) of every write that can be read off the module."""
    for scope in ast.walk(tree):
        if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _writes_in(scope)


def _writes_in(function: ast.FunctionDef) -> Iterator[tuple[str, int]]:
    rows = _rows(function)
    for call in ast.walk(function):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            continue
        if call.func.attr in WRITES and (table := _table(call.func.value, rows)):
            yield table, call.lineno


def _rows(function: ast.FunctionDef) -> dict[str, str]:
    """Return variable -> class of its row: from annotations, and from what was assigned."""
    words = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    rows = {
        word.arg: word.annotation.id
        for word in words
        if isinstance(word.annotation, ast.Name) and word.annotation.id in tables()
    }
    for part in ast.walk(function):
        if not (isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name)):
            continue
        if table := _made(part.value):
            rows[part.targets[0].id] = table
    return rows


def _made(value: ast.expr) -> str | None:
    """Return the class of the row that an expression makes or reads, if it says so."""
    if not isinstance(value, ast.Call):
        return None
    if isinstance(value.func, ast.Name):
        return value.func.id if value.func.id in tables() else None
    if isinstance(value.func, ast.Attribute) and value.func.attr in READS_A_ROW:
        return _table(value.func.value, {})
    return None


def _table(value: ast.expr, rows: dict[str, str]) -> str | None:
    """Follow a chain of calls and attributes down to the table that it starts from."""
    while isinstance(value, ast.Call | ast.Attribute):
        if isinstance(value, ast.Call):
            value = value.func
            continue
        if value.attr in related_names() and not isinstance(value.value, ast.Call):
            return related_names()[value.attr]
        value = value.value
    if not isinstance(value, ast.Name):
        return None
    return rows.get(value.id) or (value.id if value.id in tables() else None)
