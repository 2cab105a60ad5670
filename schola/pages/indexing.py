"""What the search knows: courses and activities as learners see them, and people."""

import re
from typing import Any

from schola.courses.activity_types import activity_types, published_config
from schola.courses.events import ActivityChanged, ContentReady, CourseChanged, VersionPublished
from schola.courses.models import Activity, Course
from schola.kernel.naming import DIGEST
from schola.kernel.sanitize import plain_text
from schola.kernel.search import Document, index, remove
from schola.people.events import PeopleSaved, PersonRemoved
from schola.people.models import Person

MOST_CHARACTERS = 20_000


def index_activity(event: ActivityChanged | VersionPublished | ContentReady) -> None:
    """Let a published activity be found, and one that is gone no longer."""
    shown = Activity.objects.filter(removed_at=None).exclude(published=None)
    activity = shown.select_related("course").filter(pk=event.activity_id).first()
    if activity is None:
        remove("activity", event.activity_id)
        return
    course = activity.course
    index(
        [
            _course_document(course),
            Document("activity", activity.pk, activity.title, _words(activity),
                     f"/courses/{course.slug}/{activity.key}", course.pk),
        ]
    )  # fmt: skip


def index_course(event: CourseChanged) -> None:
    """Let a course that can be found be found by its new words."""
    shown = Activity.objects.filter(course=event.course_id, removed_at=None)
    if first := shown.exclude(published=None).select_related("course").first():
        index([_course_document(first.course)])


def index_people(event: PeopleSaved) -> None:
    """Let people be found by their new names, addresses and numbers."""
    index([person_document(each) for each in Person.objects.filter(pk__in=event.person_ids)])


def forget_person(event: PersonRemoved) -> None:
    """Let somebody who was removed no longer be found."""
    remove("person", event.person_id)


def _course_document(course: Course) -> Document:
    where = f"/courses/{course.slug}"
    return Document("course", course.pk, course.title, course.summary, where, course.pk)


def person_document(person: Person) -> Document:
    """Return a person as something that those find who may read the list of people."""
    words = " ".join(filter(None, (person.email, person.number)))
    where = f"/people/{person.pk}"
    return Document("person", person.pk, person.full_name, words, where, None, "people.list")


def _words(activity: Activity) -> str:
    """Return what a published activity says: what was written in it, then what was brought in."""
    config, kind = published_config(activity.published_id), activity_types[activity.kind]
    written = plain_text(" ".join(_strings(config)))
    brought = kind.found_text(config, activity.course.language)
    return f"{written[:MOST_CHARACTERS]} {brought[:MOST_CHARACTERS]}".strip()


def _strings(value: Any) -> list[str]:
    """Return what people read in a config. Answers of questions stay out of it."""
    if isinstance(value, str):
        return [] if re.fullmatch(DIGEST, value) else [value]
    if isinstance(value, dict) and "questions" not in value:
        return [text for each in value.values() for text in _strings(each)]
    return []
