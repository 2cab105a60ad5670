"""The one interface behind every report: a name, columns, rows.

To add a report, add a folder to ``schola/reports/kinds/`` with a ``plugin.py``. Whoever reads it
gets only what they may see: a report asks with its reader.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from schola.kernel.registry import Registry
from schola.people.models import Person

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """kind: "text", "number", "percent" (a fraction in [0, 1]), "moment" or "chip".

    leads  the key under which a row has the address of what its value names; "" there: none
    """

    key: str
    label: Any
    kind: str = "text"
    sorts: bool = True
    leads: str = ""


class Report:
    key: ClassVar[str]
    name: ClassVar[str]
    help: ClassVar[str]
    capability: ClassVar[str]

    def form(self, reader: Person, data: Any) -> forms.Form:
        """Return the filters; their values are in the address.

        What the report chooses itself is in the data of the form, and so in each link on its page.
        """
        raise NotImplementedError

    def columns(self) -> list[Column]:
        raise NotImplementedError

    def rows(self, reader: Person, filters: Mapping[str, Any], sort: str) -> Iterable[Row]:
        """Return the rows that the reader may see, in order, each with a value per column."""
        raise NotImplementedError


reports: Registry[Report] = Registry("report")
