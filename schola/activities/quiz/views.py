"""Taking a quiz: start, answer, finish, see what came of it."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render

from schola.activities.quiz.closing import close_when_over, submit_attempt
from schola.activities.quiz.passing import has_passed, may_try_again, next_step
from schola.courses.activity_types import published_config
from schola.courses.models import Activity
from schola.enrollment.models import Enrollment
from schola.grading.queries import counted
from schola.kernel import clock
from schola.kernel.numbers import whole
from schola.questions.actions import Stale, save_answer
from schola.questions.models import Answer
from schola.questions.sheet import Sheet, sheet_of, slot_of
from schola.records.actions import begin
from schola.records.models import Attempt
from schola.records.queries import attempt_by_number


def start(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Begin the next attempt, or go on with the open one."""
    config = published_config(activity.published_id)
    minutes = config.get("minutes")
    attempt = begin(
        _seat_id(request, activity),
        activity.pk,
        limit=timedelta(minutes=minutes) if minutes else None,
        most=config.get("attempts"),
    )
    if attempt.closes_at:
        close_when_over.enqueue_at(attempt.closes_at, attempt_id=str(attempt.pk))
    return redirect(f"{_base(activity)}/attempt/{attempt.number}")


def attempt_page(request: HttpRequest, activity: Activity, n: int) -> HttpResponse:
    """Show the questions of the open attempt with the answers that are saved."""
    attempt = _attempt(request, activity, n)
    if attempt.state != Attempt.State.OPEN or _is_over(attempt):
        return redirect(f"{_base(activity)}/attempt/{n}/result")
    return _runner(request, activity, attempt)


def answers(request: HttpRequest, activity: Activity, n: int) -> HttpResponse:
    """Return what is saved of the attempt, for a page that comes back."""
    attempt = _attempt(request, activity, n)
    saved = {
        str(each.slot): {"rev": each.rev, "value": each.response}
        for each in Answer.objects.filter(attempt=attempt)
    }
    done = int(attempt.state != Attempt.State.OPEN)
    return JsonResponse({"state": attempt.state, "answers": saved, "submissions": done})


def save(request: HttpRequest, activity: Activity, n: int, slot: int) -> HttpResponse:
    """Save one answer. 200: it is on disk. 409: a newer one is, and here it is."""
    attempt = _attempt(request, activity, n)
    rev = whole(request.POST.get("rev"))
    if not rev:
        return JsonResponse({"error": "Send rev as a whole number from 1."}, status=422)
    try:
        questions = published_config(attempt.version_id)["questions"]
        response = slot_of(questions, attempt.pk, slot).parse(request.POST)
        saved = save_answer(attempt.pk, slot, rev, response)
    except Stale as stale:
        newer = {"rev": stale.current.rev, "value": stale.current.response}
        return JsonResponse(newer, status=409)
    except ValidationError as error:
        status = 410 if error.code == "over" else 422
        return JsonResponse({"error": error.messages[0]}, status=status)
    return JsonResponse({"slot": saved.slot, "rev": saved.rev})


def finish(request: HttpRequest, activity: Activity, n: int) -> HttpResponse:
    """Hand the attempt in; a page without script sends its answers along."""
    attempt = _attempt(request, activity, n)
    sheet = _sheet(attempt)
    takes = attempt.state == Attempt.State.OPEN and "with_answers" in request.POST
    if takes and (wrong := _take(attempt, sheet, request.POST)):
        return _runner(request, activity, attempt, wrong=wrong, written=request.POST)
    submit_attempt(attempt)
    return redirect(f"{_base(activity)}/attempt/{n}/result")


def result(request: HttpRequest, activity: Activity, n: int) -> HttpResponse:
    """Show the score and the feedback of a finished attempt."""
    attempt = _attempt(request, activity, n)
    if attempt.state == Attempt.State.OPEN:
        if not _is_over(attempt):
            return redirect(f"{_base(activity)}/attempt/{n}")
        attempt = submit_attempt(attempt)
    given = {each.slot: each for each in Answer.objects.filter(attempt=attempt)}
    config = published_config(attempt.version_id)
    reviews = []
    for slot in _sheet(attempt).slots:
        answer = given.get(slot.number)
        response = answer.response if answer else {}
        html = slot.review(response, show_right=config.get("show_right", True))
        earned = (answer and answer.earned) or Decimal(0)
        reviews.append({"slot": slot, "html": html, "earned": earned})
    most = published_config(activity.published_id).get("attempts")
    grade = counted(attempt.seat_id, activity.pk)
    context = _context(request, activity, attempt) | {
        "reviews": reviews,
        "percent": round(100 * (attempt.fraction or 0)),
        "passed": has_passed(attempt, activity.rule),
        "grade": grade,
        "again": may_try_again(attempt, activity, grade, most),
        "next": next_step(activity),
    }
    return render(request, "quiz/result.html", context)


def _runner(
    request: HttpRequest,
    activity: Activity,
    attempt: Attempt,
    *,
    wrong: Mapping[int, str] | None = None,
    written: QueryDict | None = None,
) -> HttpResponse:
    """Show the questions.

    wrong    what is wrong with the answer to a question, by its number
    written  the form in which that answer came, so that it stands there as it was written
    """
    wrong = wrong or {}
    saved = {each.slot: each for each in Answer.objects.filter(attempt=attempt)}
    questions = []
    for slot in _sheet(attempt).slots:
        answer = saved.get(slot.number)
        response = answer.response if answer else {}
        if slot.number in wrong:
            response = {"text": written.get(slot.prefix, "")}
        questions.append(
            {
                "slot": slot,
                "html": slot.html(response),
                "rev": answer.rev if answer else 0,
                "answered": bool(answer and answer.response),
                "wrong": wrong.get(slot.number, ""),
            }
        )
    context = _context(request, activity, attempt) | {"questions": questions, "wrong": wrong}
    return render(request, "quiz/attempt.html", context, status=422 if wrong else 200)


def _context(request: HttpRequest, activity: Activity, attempt: Attempt) -> dict[str, Any]:
    return {"activity": activity, "attempt": attempt, "base": _base(activity),
            "course": activity.course}  # fmt: skip


def _take(attempt: Attempt, sheet: Sheet, data: QueryDict) -> dict[int, str]:
    """Save the answers that a form without script sent, over what is saved.

    Return what is wrong with those that cannot be read, by the numbers of their questions.
    """
    last = dict(Answer.objects.filter(attempt=attempt).values_list("slot", "rev"))
    wrong = {}
    for slot in sheet.slots:
        try:
            save_answer(attempt.pk, slot.number, last.get(slot.number, 0) + 1, slot.parse(data))
        except ValidationError as error:
            if error.code == "over":
                return {}  # what is saved counts
            wrong[slot.number] = error.messages[0]
        except Stale:
            continue  # another window has saved a newer one meanwhile
    return wrong


def _attempt(request: HttpRequest, activity: Activity, n: int) -> Attempt:
    found = attempt_by_number(activity.pk, n, request.person.pk)
    if found is None:
        raise Http404
    return found


def _seat_id(request: HttpRequest, activity: Activity) -> int:
    seats = Enrollment.objects.active().learners().filter(course=activity.course_id)
    seat = seats.filter(person=request.person).first()
    if seat is None or not activity.published_id:
        raise Http404
    return seat.pk


def _sheet(attempt: Attempt) -> Sheet:
    return sheet_of(published_config(attempt.version_id)["questions"], attempt.pk)


def _is_over(attempt: Attempt) -> bool:
    return bool(attempt.closes_at and attempt.closes_at < clock.now())


def _base(activity: Activity) -> str:
    return f"/courses/{activity.course.slug}/{activity.key}"
