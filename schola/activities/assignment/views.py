"""Handing in, and marking what was handed in."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schola.activities.assignment.handing_in import take
from schola.activities.assignment.models import Submission
from schola.activities.assignment.queries import (
    handed_in,
    neighbours,
    other_work,
    shown_files,
    with_left,
)
from schola.courses.activity_types import Score, published_config
from schola.courses.models import Activity
from schola.enrollment.models import Enrollment
from schola.grading.lateness import late_days
from schola.kernel import audit
from schola.kernel.files import with_pictures
from schola.kernel.numbers import shown_points
from schola.kernel.revision import StaleRevision
from schola.records.actions import NewerAttempt, allow_another, another_allowed, mark
from schola.records.models import Attempt
from schola.records.queries import newest

PAGE = 50
WAITS = Q(state=Attempt.State.FINISHED)


class MarkForm(forms.Form):
    points = forms.DecimalField(
        label=gettext_lazy("Points"), min_value=0, max_digits=9, decimal_places=2
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment"), required=False, max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)
    newest = forms.IntegerField(widget=forms.HiddenInput, required=False)


def hand_in(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Take the work; the page then shows that it is here."""
    seats = Enrollment.objects.active().learners().filter(course=activity.course_id)
    seat = seats.filter(person=request.person).first()
    if seat is None or not activity.published_id:
        raise Http404
    config = published_config(activity.published_id)
    text = request.POST.get("text", "") if config.get("takes_text", True) else ""
    uploads = request.FILES.getlist("files") if config.get("takes_files", True) else []
    if len(text) > 100_000:
        raise ValidationError(_("This text is too long. Hand it in as a file."))
    take(seat.pk, activity.pk, text, uploads)
    messages.success(request, _("Handed in. You can see here when it is marked."))
    return redirect(_base(activity))


def submissions(request: HttpRequest, activity: Activity) -> HttpResponse:
    """List what was handed in, page by page, what waits first."""
    rows = newest(handed_in(activity)).select_related("seat__person")
    counts = rows.aggregate(all=Count("pk"), waiting=Count("pk", filter=WAITS))
    # "marked" sorts after "finished", so that what waits comes first
    paginator = Paginator(with_left(rows).order_by("state", "finished_at", "pk"), PAGE)
    paginator.count = counts["all"]
    page = paginator.get_page(request.GET.get("page"))
    for row in page.object_list:
        row.late_days = late_days(activity.due_at, row.finished_at)
    context = _context(activity) | {
        "page": page,
        "waiting": [row for row in page if row.state == Attempt.State.FINISHED],
        "marked": [row for row in page if row.state == Attempt.State.MARKED],
        "count": counts["waiting"],
        "next": _next(activity),
    }
    return render(request, "assignment/submissions.html", context)


def marking(request: HttpRequest, activity: Activity, attempt_id: Any) -> HttpResponse:
    """Show one piece of work and mark it; "save" goes on to the next that waits."""
    attempt = _attempt(activity, attempt_id)
    form = MarkForm(
        request.POST or None,
        initial={
            "points": None if attempt.earned is None else round(attempt.earned, 2),
            "comment": attempt.feedback,
            "revision": attempt.revision,
        },
    )
    status = 200
    if request.method == "POST":
        status = _mark(request, form, activity, attempt)
        if status == 200:
            points = shown_points(form.cleaned_data["points"])
            said = {"name": attempt.seat.person.full_name, "points": points}
            messages.success(request, _("%(name)s has %(points)s points now.") % said)
            return redirect(_next(activity))
    context = _context(activity) | _work(activity, attempt)
    context |= {"form": form, "most": activity.points or Decimal(100)}
    return render(request, "assignment/marking.html", context, status=status)


def let_again(request: HttpRequest, activity: Activity, attempt_id: Any) -> HttpResponse:
    """Let a learner hand in once more after a mark; they are told."""
    attempt = _attempt(activity, attempt_id)
    person = attempt.seat.person
    with transaction.atomic():
        allow_another(attempt.pk)
        after = {"activity": activity.title}
        audit.act(request.person.pk, "grade.another-allowed", "person", person.pk, after=after)
    messages.success(request, _("%(name)s may hand in once more.") % {"name": person.full_name})
    return redirect(f"{_base(activity)}/submissions/{attempt.pk}")


def _attempt(activity: Activity, attempt_id: Any) -> Attempt:
    rows = with_left(handed_in(activity)).filter(pk=attempt_id)
    attempt = rows.select_related("seat__person").first()
    if attempt is None:
        raise Http404
    return attempt


def _work(activity: Activity, attempt: Attempt) -> dict[str, Any]:
    """Return the work, what was asked for, and what came before and after it."""
    submission = Submission.objects.filter(attempt=attempt).first()
    before, after = neighbours(attempt)
    earlier, newer = other_work(attempt)
    config = published_config(attempt.version_id) if attempt.version_id else {}
    return {
        "attempt": attempt,
        "may_let_again": attempt.state == Attempt.State.MARKED and not newer,
        "let_again": another_allowed(attempt),
        "task": with_pictures(config.get("task", "")),
        "submission": submission,
        "files": shown_files(submission),
        "earlier": earlier,
        "newer": newer,
        "newest": str((newer or attempt).number),
        "late_days": late_days(activity.due_at, attempt.finished_at),
        "before": before,
        "after": after,
    }


def _mark(request: HttpRequest, form: MarkForm, activity: Activity, attempt: Attempt) -> int:
    if not form.is_valid():
        return 422
    words = form.cleaned_data
    possible = activity.points or Decimal(100)
    if words["points"] > possible:
        most = number_format(possible.normalize())
        form.add_error("points", _("At most %(most)s points are possible.") % {"most": most})
        return 422
    try:
        score = Score(words["points"], possible)
        with transaction.atomic():
            mark(
                attempt.pk,
                score,
                feedback=words["comment"],
                revision=words["revision"],
                newest=words["newest"] or attempt.number,
            )
            before = {"points": "" if attempt.earned is None else shown_points(attempt.earned)}
            after = {"points": shown_points(score.earned), "activity": activity.title}
            whom = attempt.seat.person_id
            audit.act(request.person.pk, "grade.marked", "person", whom, before, after)
    except StaleRevision:
        form.add_error(None, _("Somebody else marked this meanwhile. Reload the page."))
        return 409
    except NewerAttempt:
        form.add_error(None, _newer_words(attempt))
        return 409
    return 200


def _newer_words(attempt: Attempt) -> str:
    words = _(
        "%(name)s has handed in again since you opened this page, so nothing is saved. Open the "
        "newer work, or save once more to mark this one all the same."
    )
    return words % {"name": attempt.seat.person.full_name}


def _next(activity: Activity) -> str:
    following = newest(handed_in(activity)).filter(WAITS).order_by("finished_at", "pk").first()
    return f"{_base(activity)}/submissions" + (f"/{following.pk}" if following else "")


def _context(activity: Activity) -> dict[str, Any]:
    return {"activity": activity, "course": activity.course, "base": _base(activity)}


def _base(activity: Activity) -> str:
    return f"/courses/{activity.course.slug}/{activity.key}"
