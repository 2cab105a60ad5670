"""What is done with reports is called, and which report it was."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from schola.kernel.audit.words import Thing, name_acts, name_things
from schola.kernel.permissions import reach
from schola.reports.report import Report, reports

name_acts(
    {
        "read report.csv": _("report taken as a file"),
        "read report.xlsx": _("report taken as a file"),
    }
)


def find_reports(ids: Collection[str], reader: Any) -> Mapping[str, Thing]:
    """Return reports by their names."""
    known = [reports[key] for key in ids if key in reports]
    return {
        each.key: Thing(str(each.name), f"/reports/{each.key}" if _may_open(reader, each) else "")
        for each in known
    }


def _may_open(reader: Any, report: Report) -> bool:
    return bool(reach(reader, "course.people") and reach(reader, report.capability))


name_things("report", _("Report"), find_reports)
