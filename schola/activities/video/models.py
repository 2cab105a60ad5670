"""What is known of a film that was sent."""

from django.db import models
from django.db.models import Q

from schola.kernel.files.again import MadeByJob
from schola.kernel.models import File
from schola.kernel.naming import names_no_files
from schola.kernel.pii import not_personal
from schola.kernel.tenants import Owned


@not_personal("state", "problem")
@names_no_files("file", "problem")
class Film(MadeByJob, Owned):
    """A file that was sent as a video, and how far it has been made ready.

    seconds  how long it plays; 0 until that is known
    problem  why it cannot be shown, in words for its author; the code "no_room" where what is
             made of it found no room on the disk
    Its poster and renditions are derivatives of the file: "poster", "360p", "720p", "audio".
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        READY = "ready"
        BROKEN = "broken"

    scope_paths = {}
    view_capability = "course.edit"

    file = models.OneToOneField(File, models.CASCADE, related_name="film")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    seconds = models.FloatField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="film_percent_to_100"),
            models.CheckConstraint(condition=Q(seconds__gte=0), name="film_not_negative"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"

    @property
    def channel(self) -> str:
        """The channel on which pages that wait for the film hear that it is ready, or broken."""
        return f"film-{self.pk}"
