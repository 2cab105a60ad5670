"""What can be asked of grades."""

from decimal import Decimal

from schola.grading.models import Fact


def counted(seat_id: int, activity_id: int) -> tuple[Decimal, Decimal] | None:
    """Return the points that count of an activity in the course, and the most there can be.

    None without a grade, and for what is excused. One query.
    """
    facts = Fact.objects.filter(seat_id=seat_id, item__activity_id=activity_id)
    facts = facts.filter(item__removed_at=None, state=Fact.State.GRADED)
    fact = facts.select_related("item").order_by("item_id").first()
    return (fact.points, fact.item.maximum) if fact and fact.points is not None else None
