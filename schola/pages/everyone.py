"""Can everyone use it? The findings of a draft, and of all the drafts of a course."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from schola.courses.accessibility import Finding, findings_in
from schola.courses.activity_types import ActivityType, activity_types
from schola.courses.models import Activity, Course


def findings_of(kind: ActivityType, config: Mapping[str, Any]) -> list[Finding]:
    """Return what keeps somebody from an activity: from its texts, then from its files."""
    return findings_of_all(kind, [config])[0]


def findings_of_all(
    kind: ActivityType, configs: Sequence[Mapping[str, Any]]
) -> list[list[Finding]]:
    """Return for each activity of one kind what keeps somebody from it."""
    in_files = kind.findings(configs)
    return [
        _in_texts(kind, config) + found for config, found in zip(configs, in_files, strict=True)
    ]


def findings_in_course(course: Course) -> dict[str, int]:
    """Return how many findings each draft has, by the key of its activity.

    One query, and those of `findings` for each kind that is there.
    """
    rows = Activity.objects.filter(course=course, removed_at=None)
    drafts: dict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for key, kind, config in rows.values_list("key", "kind", "draft__config"):
        drafts[kind][key] = config or {}
    return {
        key: len(found)
        for kind, configs in drafts.items()
        for key, found in zip(
            configs, findings_of_all(activity_types[kind], list(configs.values())), strict=True
        )
        if found
    }


def _in_texts(kind: ActivityType, config: Mapping[str, Any]) -> list[Finding]:
    return [
        replace(finding, field=name)
        for name in kind.texts
        for finding in findings_in(config.get(name) or "")
    ]
