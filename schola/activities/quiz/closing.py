"""Handing in: by the learner, or by the clock when the time is over."""

from datetime import timedelta

from django.utils.translation import gettext_lazy

from schola.courses.activity_types import published_config
from schola.kernel import clock
from schola.kernel.jobs import job
from schola.questions.actions import submit
from schola.questions.sheet import sheet_of
from schola.records.models import Attempt


def submit_attempt(attempt: Attempt) -> Attempt:
    """Mark what is saved and hand the attempt in. Twice is once."""
    questions = published_config(attempt.version_id)["questions"]
    return submit(attempt.pk, sheet_of(questions, attempt.pk))


@job(label=gettext_lazy("Quiz handed in when its time is over"), tries=8, priority=10)
def close_when_over(attempt_id: str) -> None:
    """Hand in an attempt whose learner has gone, with what is saved, once its time is over."""
    attempt = Attempt.objects.get(pk=attempt_id)
    if attempt.closes_at and attempt.closes_at <= clock.now() + timedelta(seconds=1):
        submit_attempt(attempt)
