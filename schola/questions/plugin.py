"""Finds the question types: every folder below types/ that has a plugin module."""

from importlib import import_module
from pkgutil import iter_modules

from schola.questions import types

for found in iter_modules(types.__path__):
    import_module(f"{types.__name__}.{found.name}.plugin")
