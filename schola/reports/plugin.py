"""Finds the reports: every folder below kinds/ that has a plugin module."""

from importlib import import_module
from pkgutil import iter_modules

from schola.reports import kinds

for found in iter_modules(kinds.__path__):
    import_module(f"{kinds.__name__}.{found.name}.plugin")
