"""Answers: what a learner gave to each question of an attempt."""

from django.db import models

from schola.kernel.naming import names_no_files
from schola.kernel.pii import personal
from schola.kernel.tenants import Owned
from schola.records.models import Attempt


@personal(response="work")
@names_no_files("response")
class Answer(Owned):
    """The answer to one question (slot) of an attempt, as last saved, and what it earned.

    rev       rises with each save; an older one never overwrites a newer one
    response  what the question type read out of the form; {} is no answer
    earned    exact points; None: not marked yet
    """

    scope_paths = {"person": "attempt__seat__person_id", "course": "attempt__activity__course_id"}
    view_capability = "course.people"

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers")
    slot = models.PositiveSmallIntegerField()
    rev = models.PositiveBigIntegerField(default=0)
    response = models.JSONField(default=dict)
    at = models.DateTimeField()
    earned = models.DecimalField(max_digits=14, decimal_places=6, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "slot"], name="one_answer_per_slot"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} slot {self.slot}"
