"""The modules of a course as its authors see them: each with where it can go."""

from dataclasses import dataclass

from schola.courses.actions.modules import DEEPEST
from schola.courses.structure import ModuleFacts, Structure


@dataclass(frozen=True)
class ModuleRow:
    """A module on the page where its course is built.

    level    of its heading: 3 at the top, 4 for a module in a module
    before   the module before it among its siblings, into which it can go
    parent   the module in which it lies, out of which it can go
    holds    whether another module may lie in it
    empty    whether nothing lies in it, so that it can be removed
    is_last  whether the course ends with it
    """

    module: ModuleFacts
    level: int
    before: ModuleFacts | None
    parent: ModuleFacts | None
    holds: bool
    empty: bool
    is_last: bool


def rows_of_modules(structure: Structure) -> list[ModuleRow]:
    """Return the modules in reading order."""
    last = structure.modules[-1:]
    rows = []
    for siblings in structure.children.values():
        for before, module in zip((None, *siblings), siblings, strict=False):
            row = ModuleRow(
                module=module,
                level=module.depth + 3,
                before=before if before and _levels(structure, module) < DEEPEST else None,
                parent=structure.module_by_id.get(module.parent_id),
                holds=module.depth + 1 < DEEPEST,
                empty=not module.activities and module.id not in structure.children,
                is_last=module in last,
            )
            rows.append(row)
    places = {module.id: n for n, module in enumerate(structure.modules)}
    return sorted(rows, key=lambda row: places[row.module.id])


def _levels(structure: Structure, module: ModuleFacts) -> int:
    """Return how deep the deepest module in it lies, counted from 1 at the top of the course."""
    return 1 + max(each.depth for each in structure.within(module.id))
