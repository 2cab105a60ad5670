"""Making, writing, publishing, moving and removing activities."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from schola.courses.actions.courses import (
    lock_course,
    lock_structure,
    publish_course,
    touch,
)
from schola.courses.activity_types import activity_types
from schola.courses.conditions import refuse_circle
from schola.courses.events import (
    ActivityChanged,
    ConditionsEased,
    ContentReady,
    DueDateChanged,
    VersionPublished,
)
from schola.courses.models import Activity, ActivityVersion, Course, Module
from schola.kernel import clock
from schola.kernel.events import emit
from schola.kernel.files import hold
from schola.kernel.revision import StaleRevision, save_revised


@transaction.atomic
def add_activity(
    module: Module, kind: str, title: str, config: dict[str, Any] | None = None, **fields: Any
) -> Activity:
    """Add an activity at the end of the module, with an empty or a given draft."""
    lock_course(module.course_id)
    last = Activity.objects.filter(module=module).aggregate(last=Max("position"))["last"] or 0
    fields = {"rule": {"when": activity_types[kind].rules[0]}} | fields
    activity = Activity.objects.create(
        course=module.course, module=module, kind=kind, title=title, position=last + 1, **fields
    )
    hold(config)
    draft = ActivityVersion.objects.create(activity=activity, n=1, config=config or {})
    activity.draft = draft
    activity.save(update_fields=["draft"])
    _changed(activity)
    return activity


@transaction.atomic
def change_activity(activity: Activity, revision: int, **fields: Any) -> None:
    """Change title, points, dates, rule. Raises StaleRevision if somebody else did meanwhile."""
    rule = fields.get("rule")
    if rule and rule.get("when") not in activity_types[activity.kind].rules:
        raise ValidationError(_("This kind of activity cannot be finished that way."))
    lock_course(activity.course_id)
    rows = Activity.objects.filter(pk=activity.pk)
    required, due_at = rows.values_list("required", "due_at").get()
    save_revised(activity, revision, fields)
    _changed(activity)
    if activity.due_at != due_at:
        emit(DueDateChanged(course_id=activity.course_id, activity_id=activity.pk))
    if required and not activity.required:
        emit(ConditionsEased(course_id=activity.course_id))


@transaction.atomic
def save_draft(activity: Activity, config: dict[str, Any], revision: int) -> ActivityVersion:
    """Write the draft; what learners see does not change. Makes a new draft after publishing.

    Raises StaleRevision if the last version, draft or published, has moved on since the revision
    that the writer saw.
    """
    draft = _locked_draft(activity)
    if draft.revision != revision:
        raise StaleRevision(draft.revision)
    hold(config)
    if draft.published_at is None:
        save_revised(draft, revision, {"config": config})
        activity.draft = draft
        return draft
    return _next_draft(activity, draft, config)


def _locked_draft(activity: Activity) -> ActivityVersion:
    """Return the last version as it is now. Nobody else writes or publishes it meanwhile."""
    lock_course(activity.course_id)
    return Activity.objects.select_related("draft").get(pk=activity.pk).draft


def _next_draft(
    activity: Activity, last: ActivityVersion, config: dict[str, Any]
) -> ActivityVersion:
    draft = ActivityVersion.objects.create(
        activity=activity, n=last.n + 1, config=config, revision=last.revision + 1
    )
    activity.draft = draft
    activity.save(update_fields=["draft"])
    touch(activity.course)
    return draft


@transaction.atomic
def publish_activity(activity: Activity) -> None:
    """Show the draft to learners. Publishing what is published changes nothing."""
    draft = _locked_draft(activity)
    if draft.published_at is None:
        draft.published_at = clock.now()
        draft.save(update_fields=["published_at"])
    activity.draft = activity.published = draft
    activity.save(update_fields=["published", "draft"])
    _changed(activity)
    emit(VersionPublished(activity_id=activity.pk, version_id=draft.pk))


@transaction.atomic
def publish_all(course: Course) -> None:
    """Publish every draft that says something, then the course: all of it or nothing.

    Raises ValidationError if the course has nothing to show.
    """
    lock_course(course.pk)
    drafts = Activity.objects.filter(course=course, removed_at=None).select_related("draft")
    for activity in drafts.select_related("course"):
        if activity.draft and not activity.draft.published_at and activity.draft.config:
            publish_activity(activity)
    course.refresh_from_db()
    publish_course(course)


@transaction.atomic
def move_activity(activity: Activity, module: Module, place: int) -> None:
    """Put the activity at this place (0 is the first) of a module of its own course.

    Raises ValidationError for another course, and if what opens the module waits for the activity.
    """
    if module.course_id != activity.course_id:
        raise ValidationError(_("Choose a module of this course."))
    refuse_circle(
        lock_structure(activity.course_id).with_activity(activity.pk, module_id=module.pk)
    )
    others = list(
        Activity.objects.filter(module=module, removed_at=None)
        .exclude(pk=activity.pk)
        .order_by("position", "pk")
    )
    activity.module = module
    others.insert(max(0, min(place, len(others))), activity)
    for position, each in enumerate(others, 1):
        each.position = position
    Activity.objects.bulk_update(others, ["position", "module"])
    touch(activity.course)


@transaction.atomic
def order_activities(module: Module, keys: list[str]) -> None:
    """Put the activities of a module into this order; those that are not named come after them."""
    lock_course(module.course_id)
    rows = Activity.objects.filter(module=module, removed_at=None)
    places = {key: place for place, key in enumerate(keys)}
    order = sorted(rows, key=lambda row: (places.get(row.key, len(places)), row.position, row.pk))
    for position, row in enumerate(order, 1):
        row.position = position
    Activity.objects.bulk_update(order, ["position"])
    touch(module.course)


@transaction.atomic
def remove_activity(activity: Activity) -> None:
    """Take the activity out of the course. What learners did there is kept as evidence."""
    lock_course(activity.course_id)
    activity.removed_at = clock.now()
    activity.save(update_fields=["removed_at"])
    _changed(activity)
    if activity.required:
        emit(ConditionsEased(course_id=activity.course_id))


@transaction.atomic
def tell_content_ready(activities: QuerySet[Activity]) -> None:
    """Say of these activities that what they show can be read now. Safe to repeat; two queries."""
    rows = activities.order_by("pk").values_list("pk", flat=True)
    emit(*(ContentReady(activity_id=pk) for pk in rows))


def _changed(activity: Activity) -> None:
    touch(activity.course)
    emit(ActivityChanged(course_id=activity.course_id, activity_id=activity.pk))
