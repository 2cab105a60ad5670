"""What the person who marks needs to see beside the work."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from schola.activities.assignment.models import Submission
from schola.courses.models import Activity
from schola.enrollment.models import Enrollment
from schola.kernel.files import file_url
from schola.kernel.models import File
from schola.records.models import Attempt
from schola.records.queries import newest


def handed_in(activity: Activity) -> QuerySet[Attempt]:
    """Return all work of an activity that was handed in."""
    return Attempt.objects.filter(activity=activity).exclude(state=Attempt.State.OPEN)


def with_left(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """Tell of each attempt, as `left`, whether its learner is in the course no more.

    Who has left and come again has another seat, and is in it.
    """
    here = Enrollment.objects.active().learners()
    here = here.filter(person=OuterRef("seat__person"), course=OuterRef("seat__course"))
    return attempts.annotate(left=~Exists(here))


def neighbours(attempt: Attempt) -> tuple[Attempt | None, Attempt | None]:
    """Return the work that was handed in just before and just after. Two queries."""
    rows = newest(handed_in(attempt.activity))
    at, pk = attempt.finished_at, attempt.pk
    earlier = rows.filter(Q(finished_at__lt=at) | Q(finished_at=at, pk__lt=pk))
    later = rows.filter(Q(finished_at__gt=at) | Q(finished_at=at, pk__gt=pk))
    return (
        earlier.order_by("-finished_at", "-pk").first(),
        later.order_by("finished_at", "pk").first(),
    )


def other_work(attempt: Attempt) -> tuple[list[Attempt], Attempt | None]:
    """Return what the same learner handed in before, the newest first, and their newest work.

    None if nothing came after this. One query.
    """
    rows = handed_in(attempt.activity).filter(seat=attempt.seat).exclude(pk=attempt.pk)
    others = list(rows.select_related("submission").order_by("-number"))
    earlier = [each for each in others if each.number < attempt.number]
    return earlier, others[0] if len(others) > len(earlier) else None


def own_work(seat_id: int, activity_id: int) -> list[Attempt]:
    """Return what a learner has handed in, the newest first, each with its `shown_files`.

    Two queries. The addresses can be read by whoever has them: only for the learner's own page.
    """
    mine = Attempt.objects.filter(seat_id=seat_id, activity_id=activity_id)
    mine = mine.select_related("submission").prefetch_related("submission__files")
    attempts = list(mine.order_by("-number"))
    for attempt in attempts:
        attempt.shown_files = shown_files(getattr(attempt, "submission", None))
    return attempts


def shown_files(submission: Submission | None) -> list[dict[str, Any]]:
    """Return the files with their addresses, and as what they are shown on the page."""
    files = submission.files.all() if submission else []
    return [
        {"name": file.name, "url": file_url(file), "size": file.size, "shown": _shown(file)}
        for file in sorted(files, key=lambda file: file.pk)
    ]


def _shown(file: File) -> str:
    if file.media_type == "application/pdf":
        return "pdf"
    return "picture" if file.media_type.startswith("image/") else ""
