"""What is known of a document that was sent."""

from django.db import models

from schola.kernel.files.again import MadeByJob
from schola.kernel.models import File
from schola.kernel.naming import names_no_files
from schola.kernel.pii import not_personal
from schola.kernel.tenants import Owned


@not_personal("state", "problem")
@names_no_files("file", "problem")
class Paper(MadeByJob, Owned):
    """A file that was sent as a document, and how far it has been made ready to be read.

    pages    of the PDF; 0 if there is none
    tagged, titled  what a PDF brings for people who hear it; None: it is no PDF
    problem  why it cannot be shown, in words for its author; the code "no_room" where what is
             made of it found no room on the disk
    What it became is a derivative of the file: "pdf" of slides, "html" of a text,
    pictures of the pages of a PDF, and "text" with its words.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        READY = "ready"
        BROKEN = "broken"

    scope_paths = {}
    view_capability = "course.edit"

    file = models.OneToOneField(File, models.CASCADE, related_name="paper")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    pages = models.PositiveIntegerField(default=0)
    tagged = models.BooleanField(null=True)
    titled = models.BooleanField(null=True)
    problem = models.CharField(max_length=200, default="", blank=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"
