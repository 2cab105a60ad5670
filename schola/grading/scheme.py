"""What counts in a course and how, held in the process by the version of the course."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Q

from schola.courses.models import Course
from schola.grading import engine
from schola.grading.engine.facts import earned
from schola.grading.models import GradeItem

TOTAL, REST = "total", "rest"
WHOLE = Decimal(100)  # percent: what the weights of all categories come to
CATEGORY = ("category_id", "category__name", "category__weight", "category__drop_lowest")
SCHEME = ("late_percent", "ungraded_counts", "letters")


@dataclass(frozen=True)
class Item:
    """A column of the gradebook. maximum in points, exact."""

    id: int
    activity_id: int | None
    key: str
    name: str
    maximum: Decimal
    policy: str
    category_id: int | None = None


@dataclass(frozen=True)
class Category:
    """weight in percent of the total; drop_lowest: so many items are left out."""

    id: int
    name: str
    weight: Decimal
    drop_lowest: int


@dataclass(frozen=True)
class CourseScheme:
    """Columns, categories (those that have columns, in their order) and rules of a course."""

    items: tuple[Item, ...]
    categories: tuple[Category, ...] = ()
    late_percent: Decimal = Decimal(0)
    ungraded_counts: bool = False
    letters: bool = False

    @cached_property
    def by_id(self) -> dict[int, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def by_activity(self) -> dict[int, Item]:
        """The first item of each activity that has one."""
        return {item.activity_id: item for item in reversed(self.items) if item.activity_id}

    @cached_property
    def names(self) -> dict[str, str]:
        """What the engine's keys are called."""
        found = {key_of(item.id): item.name for item in self.items}
        return found | {f"c{category.id}": category.name for category in self.categories}

    @cached_property
    def rest_weight(self) -> Decimal:
        """Percent that the items without a category make up, if there are categories."""
        return max(WHOLE - sum(category.weight for category in self.categories), Decimal(0))

    @cached_property
    def counting(self) -> engine.Scheme:
        """The scheme as the engine takes it: points in categories, categories by their weights."""
        late = engine.LatePolicy(percent=self.late_percent)
        if not self.categories:
            return engine.Scheme(self._sum(TOTAL, self.items), late)
        children = [
            self._sum(
                f"c{each.id}",
                [item for item in self.items if item.category_id == each.id],
                weight=each.weight,
                drop_lowest=each.drop_lowest,
            )
            for each in self.categories
        ]
        if rest := [item for item in self.items if item.category_id is None]:
            children.append(self._sum(REST, rest, weight=self.rest_weight))
        counted = not self.ungraded_counts
        root = engine.Category(TOTAL, tuple(children), "weighted", only_graded=counted)
        return engine.Scheme(root, late)

    def earned(self, item: Item, scores: Sequence[Sequence[Any]]) -> Fraction | None:
        """Return the points that the attempts earn by the item's policy, less what late costs."""
        found = tuple(engine.Score(Decimal(points), late) for points, late in scores)
        facts = engine.Fact(scores=found)
        return earned(_engine_item(item), facts, self.counting.late).points

    def _sum(self, key: str, items: Sequence[Item], **options: Any) -> engine.Category:
        children = tuple(_engine_item(item) for item in items)
        graded = not self.ungraded_counts
        return engine.Category(key, children, "sum", only_graded=graded, **options)


def key_of(item_id: int) -> str:
    """Return the engine's key of an item."""
    return f"i{item_id}"


def _engine_item(item: Item) -> engine.Item:
    return engine.Item(key_of(item.id), item.maximum, policy=item.policy)


def scheme_of(course: Course) -> CourseScheme:
    """Return what counts in the course at the version that the row names."""
    return load_scheme(course.pk, course.version)


@lru_cache(maxsize=512)
def load_scheme(course_id: int, version: int) -> CourseScheme:
    """Load the items with their categories and rules: one query, none if this process has them.

    The item of an activity that is not published is no column yet.
    """
    shown = Q(activity=None) | Q(activity__published__isnull=False)
    rows = GradeItem.objects.filter(shown, course_id=course_id, removed_at=None)
    own = ("id", "activity_id", "key", "name", "maximum", "policy")
    rules = [f"course__grade_scheme__{name}" for name in SCHEME]
    found = list(rows.order_by("pk").values_list(*own, *CATEGORY, *rules, "category__position"))
    items = tuple(Item(*row[:7]) for row in found)
    places = sorted({(row[-1], row[6:10]) for row in found if row[6]})
    categories = tuple(Category(*fields) for _place, fields in places)
    if not found or found[0][10] is None:
        return CourseScheme(items, categories)
    return CourseScheme(items, categories, *found[0][10:13])
