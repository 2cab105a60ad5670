"""Finds the reports: every folder below kinds/ that has a plugin module."""

from importlib import import_module
from pkgutil import iter_modules

from schola.kernel.destinations import destination
from schola.reports import kinds
from schola.reports.report import reports

for found in iter_modules(kinds.__path__):
    import_module(f"{kinds.__name__}.{found.name}.plugin")

for report in reports:
    destination(report.name, f"/reports/{report.key}", report.capability, icon="chart")
