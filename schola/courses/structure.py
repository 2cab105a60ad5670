"""The structure of a course, loaded once per version and held in the process.

A page, a standing and a report all ask the same questions of a course: which activities, in which
order, under which conditions. The answer changes only when the version of the course does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import Any

from schola.courses.models import Activity, Course, Module

FIELDS = (
    "id", "module_id", "key", "kind", "title", "position", "points", "minutes", "required",
    "rule", "prerequisites", "due_at", "published_id", "draft_id",
)  # fmt: skip


@dataclass(frozen=True)
class ActivityFacts:
    """What is true of an activity in one version of its course."""

    id: int
    module_id: int
    key: str
    kind: str
    title: str
    position: int
    points: Decimal
    minutes: int | None
    required: bool
    rule: Mapping[str, Any]
    prerequisites: Mapping[str, Any] | None
    due_at: datetime | None
    published_id: int | None
    draft_id: int | None


@dataclass(frozen=True)
class ModuleFacts:
    """A module, how deep it lies (0 is the top), its activities in order, the title's revision."""

    id: int
    parent_id: int | None
    title: str
    depth: int
    prerequisites: Mapping[str, Any] | None
    activities: tuple[ActivityFacts, ...]
    revision: int


@dataclass(frozen=True)
class Structure:
    """A course as its learners meet it: modules in reading order."""

    course_id: int
    version: int
    modules: tuple[ModuleFacts, ...]

    @cached_property
    def activities(self) -> tuple[ActivityFacts, ...]:
        """Every activity, in reading order."""
        return tuple(activity for module in self.modules for activity in module.activities)

    @cached_property
    def published(self) -> tuple[ActivityFacts, ...]:
        """The activities that learners see, in reading order."""
        return tuple(activity for activity in self.activities if activity.published_id)

    @cached_property
    def by_id(self) -> dict[int, ActivityFacts]:
        return {activity.id: activity for activity in self.activities}

    @cached_property
    def module_by_id(self) -> dict[int, ModuleFacts]:
        return {module.id: module for module in self.modules}

    @cached_property
    def children(self) -> dict[int | None, tuple[ModuleFacts, ...]]:
        """The modules that lie in each module, in order; under None those at the top."""
        found: dict[int | None, tuple[ModuleFacts, ...]] = {}
        for module in self.modules:
            found[module.parent_id] = (*found.get(module.parent_id, ()), module)
        return found

    def within(self, module_id: int) -> tuple[ModuleFacts, ...]:
        """Return the module and all that lie in it, however deep, in reading order."""
        module = self.module_by_id[module_id]
        after = self.modules[self.modules.index(module) + 1 :]
        return (module, *takewhile(lambda each: each.depth > module.depth, after))

    def above(self, module_id: int) -> tuple[ModuleFacts, ...]:
        """Return the modules in which the module lies, the outermost first."""
        parent = self.module_by_id.get(self.module_by_id[module_id].parent_id)
        return (*self.above(parent.id), parent) if parent else ()

    def with_activity(self, activity_id: int, **facts: Any) -> "Structure":
        """Return the structure as it would be if these facts of an activity were others."""
        return replace(
            self,
            modules=tuple(
                replace(
                    module,
                    activities=tuple(
                        replace(each, **facts) if each.id == activity_id else each
                        for each in module.activities
                    ),
                )
                for module in self.modules
            ),
        )

    def with_module(self, module_id: int, **facts: Any) -> "Structure":
        """Return the structure as it would be if these facts of a module were others."""
        changed = (
            replace(each, **facts) if each.id == module_id else each for each in self.modules
        )
        return replace(self, modules=tuple(changed))

    def conditions(self, activity: ActivityFacts) -> list[Mapping[str, Any]]:
        """Return the trees that open the activity: its own, its module's, those above."""
        around = (*self.above(activity.module_id), self.module_by_id[activity.module_id])
        doors = (activity, *reversed(around))
        return [each.prerequisites for each in doors if each.prerequisites]

    @cached_property
    def conditional(self) -> tuple[tuple[ActivityFacts, list[Mapping[str, Any]]], ...]:
        """The published activities that conditions open, with their trees."""
        pairs = ((activity, self.conditions(activity)) for activity in self.published)
        return tuple(pair for pair in pairs if pair[1])

    def neighbours(self, activity_id: int) -> tuple[ActivityFacts | None, ActivityFacts | None]:
        """Return the published activities before and after this one."""
        shown = self.published
        at = next((i for i, activity in enumerate(shown) if activity.id == activity_id), None)
        if at is None:
            return None, None
        before = shown[at - 1] if at else None
        return before, shown[at + 1] if at + 1 < len(shown) else None


def structure_of(course: Course) -> Structure:
    """Return the structure of the course at the version that the row names."""
    return load_structure(course.pk, course.version)


def is_shown(course: Course, activity_id: int) -> bool:
    """Tell whether learners see the activity: the course is open, and it is published there."""
    facts = structure_of(course).by_id.get(activity_id)
    return bool(course.published_at and facts and facts.published_id)


@lru_cache(maxsize=512)
def load_structure(course_id: int, version: int) -> Structure:
    """Load the structure with two queries, or none if this process has it."""
    modules = Module.objects.filter(course_id=course_id).order_by("position", "pk")
    activities = Activity.objects.filter(course_id=course_id, removed_at=None)
    rows = activities.order_by("position", "pk").values_list(*FIELDS)
    by_module: dict[int, list[ActivityFacts]] = {}
    for facts in (ActivityFacts(*row) for row in rows):
        by_module.setdefault(facts.module_id, []).append(facts)
    return Structure(course_id, version, tuple(_in_order(list(modules), by_module)))


def _in_order(modules: list[Module], activities: dict[int, list[ActivityFacts]]) -> list:
    children: dict[int | None, list[Module]] = {}
    for module in modules:
        children.setdefault(module.parent_id, []).append(module)
    found: list[ModuleFacts] = []

    def walk(parent_id: int | None, depth: int) -> None:
        for module in children.get(parent_id, ()):
            own = tuple(activities.get(module.pk, ()))
            facts = (module.pk, parent_id, module.title, depth, module.prerequisites, own)
            found.append(ModuleFacts(*facts, module.revision))
            walk(module.pk, depth + 1)

    walk(None, 0)
    return found
