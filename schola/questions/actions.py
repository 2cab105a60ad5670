"""Saving answers, and marking a sheet."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from schola.courses.activity_types import Result, Score
from schola.kernel import clock
from schola.kernel.tenants import current_organization
from schola.questions.models import Answer
from schola.questions.question_types import Response
from schola.questions.sheet import Sheet
from schola.records.actions import close
from schola.records.models import Attempt
from schola.records.standing import standing

ANSWER, ATTEMPT = Answer._meta.db_table, Attempt._meta.db_table
SAVE = f"""
INSERT INTO {ANSWER} (organization_id, attempt_id, slot, rev, response, at)
SELECT %s, a.id, %s, %s, %s, %s FROM {ATTEMPT} a
 WHERE a.id = %s AND a.state = 'open' AND (a.closes_at IS NULL OR a.closes_at >= %s)
{{lock}}
ON CONFLICT (attempt_id, slot) DO UPDATE
   SET rev = excluded.rev, response = excluded.response, at = excluded.at
 WHERE {ANSWER}.rev < excluded.rev
"""
PLACES = Decimal("0.000001")


class Stale(Exception):
    """A newer answer is saved already. `current` is that answer."""

    def __init__(self, current: Answer) -> None:
        super().__init__(f"rev {current.rev} is saved")
        self.current = current


@dataclass(frozen=True)
class Saved:
    slot: int
    rev: int


def save_answer(attempt_id: UUID, slot: int, rev: int, response: Response) -> Saved:
    """Save one answer: one statement, on disk when this returns. The same again is nothing new.

    Raises Stale if a newer one is saved, ValidationError if the attempt is over.
    """
    now = connection.ops.adapt_datetimefield_value(clock.now())
    pk = attempt_id if connection.features.has_native_uuid_field else attempt_id.hex
    lock = "FOR SHARE OF a" if connection.vendor == "postgresql" else ""
    values = [current_organization(), slot, rev, json.dumps(response), now, pk, now]
    with connection.cursor() as cursor:
        cursor.execute(SAVE.format(lock=lock), values)
        if cursor.rowcount:
            return Saved(slot, rev)
    stored = Answer.objects.filter(attempt_id=attempt_id, slot=slot).first()
    if stored and stored.rev == rev and stored.response == response:
        return Saved(slot, rev)
    if stored and stored.rev >= rev:
        raise Stale(stored)
    raise ValidationError(_("Time is over; this attempt takes no more answers."), code="over")


def submit(attempt_id: UUID, sheet: Sheet) -> Attempt:
    """Hand the attempt in: mark what is saved and let the result flow on. Twice is once.

    The attempt is locked first, so that an answer is either in the mark or refused.
    """
    seat_id = Attempt.objects.values_list("seat_id", flat=True).get(pk=attempt_id)
    with standing(seat_id) as here:
        attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
        if attempt.state != Attempt.State.OPEN:
            return attempt
        answers = {each.slot: each for each in Answer.objects.filter(attempt=attempt)}
        earned = _mark(sheet, answers)
        score = Score(_decimal(earned), _decimal(sheet.possible))
        close(here, attempt, _result(attempt, sheet, answers, score))
        return attempt


def _mark(sheet: Sheet, answers: Mapping[int, Answer]) -> Fraction:
    total = Fraction(0)
    for slot in sheet.slots:
        answer = answers.get(slot.number)
        fraction = slot.mark(answer.response if answer else {}).fraction or Fraction(0)
        total += fraction * slot.points
        if answer:
            answer.earned = _decimal(fraction * slot.points)
    Answer.objects.bulk_update(answers.values(), ["earned"])
    return total


def _result(attempt: Attempt, sheet: Sheet, answers: Mapping[int, Answer], score: Score) -> Result:
    given: dict[str, Any] = {str(slot): answer.response for slot, answer in answers.items()}
    now = clock.now()
    at = min(now, attempt.closes_at) if attempt.closes_at else now
    return Result(
        verb="completed",
        finished=True,
        score=score,
        duration=max(at - attempt.starts_at, timedelta(0)),
        response={"answers": given, "questions": len(sheet.slots)},
        at=at,
        attempt=attempt.pk,
    )


def _decimal(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(PLACES)
