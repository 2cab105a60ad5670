"""What learners hand in."""

from django.db import models

from schola.kernel.models import File
from schola.kernel.naming import names_no_files
from schola.kernel.pii import personal
from schola.kernel.tenants import Owned
from schola.records.models import Attempt


@personal(text="a learner's own work")
@names_no_files("text")
class Submission(Owned):
    """What was handed in with one attempt: words, files, or both. Never changed afterwards."""

    scope_paths = {"course": "attempt__activity__course_id", "person": "attempt__seat__person_id"}
    view_capability = "course.people"

    attempt = models.OneToOneField(Attempt, models.CASCADE, related_name="submission")
    text = models.TextField(default="", blank=True)
    files = models.ManyToManyField(File, related_name="+")

    def __str__(self) -> str:
        return f"#{self.pk}"
