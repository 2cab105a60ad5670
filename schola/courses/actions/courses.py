"""Making, changing and opening courses."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from schola.courses.events import ConditionsEased, CourseChanged, CoursePublished
from schola.courses.models import Activity, Course, Module
from schola.courses.structure import Structure, structure_of
from schola.kernel import clock
from schola.kernel.events import emit
from schola.kernel.ids import item_key, new_version
from schola.kernel.revision import save_revised

RESERVED = {"new", "import"}  # words that are addresses of their own below /courses/
HUES = ("spruce", "sea", "sky", "iris", "plum", "rose", "clay", "amber", "moss", "slate")
WEAVES = ("rings", "waves", "dots", "steps", "hills", "beams")


@transaction.atomic
def create_course(title: str, **fields: Any) -> Course:
    """Make a course with its first module, under an address made from the title."""
    slug = fields.pop("slug", "") or free_slug(title)
    number = Course.objects.count()
    look = {"hue": HUES[number % len(HUES)], "weave": WEAVES[number % len(WEAVES)]}
    course = Course.objects.create(title=title, slug=slug, **look | fields)
    Module.objects.create(course=course, title=_("First module"), position=1)
    return course


def free_slug(title: str) -> str:
    """Return an address made from the title that no course of the organization has."""
    plain = slugify(title)[:50] or item_key()
    taken = set(Course.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    if plain not in taken | RESERVED:
        return plain
    return next(s for n in range(2, 10_000) if (s := f"{plain}-{n}") not in taken)


@transaction.atomic
def change_course(course: Course, revision: int, **fields: Any) -> None:
    """Change the course's own fields. Raises StaleRevision if somebody else did meanwhile."""
    before = Course.objects.values_list("pass_fraction", flat=True).get(pk=course.pk)
    save_revised(course, revision, fields | {"version": new_version()})
    emit(CourseChanged(course_id=course.pk))
    if before and (course.pass_fraction or 0) < before:
        emit(ConditionsEased(course_id=course.pk))


@transaction.atomic
def publish_course(course: Course) -> None:
    """Open the course to its learners. Publishing twice changes nothing.

    Raises ValidationError if the course has nothing that is published.
    """
    if course.published_at:
        return
    shown = Activity.objects.filter(course=course, removed_at=None).exclude(published=None)
    if not shown.exists():
        raise ValidationError(_("Publish at least one activity before you publish the course."))
    course.published_at = clock.now()
    course.save(update_fields=["published_at"])
    touch(course)
    emit(CoursePublished(course_id=course.pk))


@transaction.atomic
def unpublish_course(course: Course) -> None:
    """Hide the course from its learners. What they did there is kept."""
    course.published_at = None
    course.save(update_fields=["published_at"])
    touch(course)


def touch(course: Course) -> None:
    """Say that the outline has changed, so that nobody goes on with what they have of it.

    What changes more than the row of the course locks it first: see `lock_course`.
    """
    course.version = new_version()
    Course.objects.filter(pk=course.pk).update(version=course.version)


def lock_course(course_id: int) -> Course:
    """Return the course as it is now. Nobody else changes it before this transaction ends.

    Each action takes this lock before it writes what lies in the course: two authors then wait in
    a queue, not for one another. Learners, whose rows name the course, do not wait.
    """
    return Course.objects.select_for_update(no_key=True).get(pk=course_id)


def lock_structure(course_id: int) -> Structure:
    """Return the structure as it is now. Nobody else changes it before this transaction ends."""
    return structure_of(lock_course(course_id))
