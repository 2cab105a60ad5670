"""Can everyone use it? The findings of a draft, and of all the drafts of a course."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from schola.courses.accessibility import Finding, findings_in
from schola.courses.activity_types import ActivityType, activity_types
from schola.courses.models import Activity, Course


def findings_of(kind: ActivityType, config: Mapping[str, Any]) -> list[Finding]:
    """Return what keeps somebody from an activity: from its texts, then from its files."""
    in_texts = [
        replace(finding, field=name)
        for name in kind.texts
        for finding in findings_in(config.get(name) or "")
    ]
    return in_texts + kind.findings(config)


def findings_in_course(course: Course) -> dict[str, int]:
    """Return how many findings each draft has, by the key of its activity. One query."""
    rows = Activity.objects.filter(course=course, removed_at=None)
    drafts = rows.values_list("key", "kind", "draft__config")
    counts = {
        key: len(findings_of(activity_types[kind], config or {})) for key, kind, config in drafts
    }
    return {key: count for key, count in counts.items() if count}
