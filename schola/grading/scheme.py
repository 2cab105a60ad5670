"""What counts in a course: its grade items, held in the process by the version of the course."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from schola.courses.models import Course
from schola.grading.models import GradeItem


@dataclass(frozen=True)
class Item:
    """A column of the gradebook. maximum in points, exact."""

    id: int
    activity_id: int | None
    key: str
    name: str
    maximum: Decimal
    policy: str


@dataclass(frozen=True)
class CourseScheme:
    items: tuple[Item, ...]

    @cached_property
    def by_id(self) -> dict[int, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def by_activity(self) -> dict[int, Item]:
        """The first item of each activity that has one."""
        return {item.activity_id: item for item in reversed(self.items) if item.activity_id}


def scheme_of(course: Course) -> CourseScheme:
    """Return what counts in the course at the version that the row names."""
    return load_scheme(course.pk, course.version)


@lru_cache(maxsize=512)
def load_scheme(course_id: int, version: int) -> CourseScheme:
    """Load the items with one query, or none if this process has them."""
    rows = GradeItem.objects.filter(course_id=course_id, removed_at=None).order_by("pk")
    fields = ("id", "activity_id", "key", "name", "maximum", "policy")
    return CourseScheme(tuple(Item(*row) for row in rows.values_list(*fields)))
