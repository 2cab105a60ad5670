"""How the grades of a course are counted, as its staff set it."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from schola.courses.actions.courses import lock_course, touch
from schola.courses.models import Course
from schola.grading.events import SchemeChanged
from schola.grading.models import GradeCategory, GradeItem, GradeScheme
from schola.kernel.events import emit
from schola.kernel.revision import StaleRevision


@dataclass(frozen=True)
class CategoryWords:
    """A category as somebody wrote it. id: None for a new one; weight: percent of the total."""

    id: int | None
    name: str
    weight: Decimal
    drop_lowest: int


@dataclass(frozen=True)
class SchemeWords:
    """What counts how, as somebody wrote it.

    late_percent      of an item's points, taken off for each day begun after the due date
    ungraded_counts   what has no grade yet counts as nothing instead of being left out
    categories        in their order; those that are not among them are taken away
    items             by id: which of several attempts counts, and the place of the category in
                      `categories` or None
    """

    late_percent: Decimal
    ungraded_counts: bool
    letters: bool
    categories: tuple[CategoryWords, ...]
    items: dict[int, tuple[str, int | None]]


@transaction.atomic
def change_scheme(course: Course, revision: int, words: SchemeWords) -> None:
    """Count the grades of a course in another way. Totals follow by a job.

    revision  the one that the writer saw; 0: there was none yet
    Raises StaleRevision, and ValidationError if the weights come to more than 100.
    """
    if sum(each.weight for each in words.categories) > 100:
        raise ValidationError(_("The weights come to more than 100%. Make some of them smaller."))
    lock_course(course.pk)
    _save_scheme(course, revision, words)
    kept = [_save_category(course, n, each) for n, each in enumerate(words.categories)]
    for item_id, (policy, place) in sorted(words.items.items()):
        category = None if place is None else kept[place]
        items = GradeItem.objects.filter(course=course, pk=item_id)
        items.update(policy=policy, category=category)
    GradeCategory.objects.filter(course=course).exclude(pk__in=[row.pk for row in kept]).delete()
    touch(course)
    emit(SchemeChanged(course_id=course.pk))


def _save_scheme(course: Course, revision: int, words: SchemeWords) -> None:
    scheme, _made = GradeScheme.objects.get_or_create(course=course)
    scheme = GradeScheme.objects.select_for_update().get(pk=scheme.pk)
    if scheme.revision != revision:
        raise StaleRevision(scheme.revision)
    scheme.late_percent, scheme.letters = words.late_percent, words.letters
    scheme.ungraded_counts, scheme.revision = words.ungraded_counts, revision + 1
    scheme.save()


def _save_category(course: Course, position: int, words: CategoryWords) -> GradeCategory:
    known = GradeCategory.objects.filter(course=course, pk=words.id).first()
    category = known or GradeCategory(course=course)
    category.name, category.weight = words.name, words.weight
    category.drop_lowest, category.position = words.drop_lowest, position
    category.save()
    return category
