"""What is done with reports is called, and which report it was."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from schola.kernel.audit.words import Thing, name_acts, name_things
from schola.reports.report import reports

name_acts(
    {
        "read report.csv": _("report taken as a file"),
        "read report.xlsx": _("report taken as a file"),
    }
)


def find_reports(ids: Collection[str], reader: Any) -> Mapping[str, Thing]:
    """Return reports by their names."""
    return {key: Thing(str(reports[key].name), f"/reports/{key}") for key in ids if key in reports}


name_things("report", _("Report"), find_reports)
