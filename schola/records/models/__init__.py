"""Tables of what learners did: attempts and progress are the truth, statements are the log."""

from schola.records.models.attempt import Attempt
from schola.records.models.progress import CourseProgress, DayCount, Progress
from schola.records.models.statement import Statement

__all__ = ["Attempt", "CourseProgress", "DayCount", "Progress", "Statement"]
