"""Work that a learner hands in and a person marks."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from schola.activities.assignment import views
from schola.activities.assignment.handing_in import HandInForm, may_hand_in
from schola.activities.assignment.queries import own_work
from schola.courses.activity_types import ActivityType, Route, Visit, activity_types
from schola.courses.rich_text import RichText, clean_text
from schola.kernel.files import with_pictures


class AssignmentSettings(forms.Form):
    task = forms.CharField(label=_("What to do"), widget=RichText, max_length=50_000)
    takes_text = forms.BooleanField(label=_("Take text"), required=False, initial=True)
    takes_files = forms.BooleanField(label=_("Take files"), required=False, initial=True)
    again = forms.BooleanField(
        label=_("May be handed in again until it is marked"), required=False, initial=True
    )

    def clean_task(self) -> str:
        """Return it as it may be shown. Raises ValidationError if it says nothing."""
        text = clean_text(self.cleaned_data["task"])
        if not strip_tags(text).strip() and "<img" not in text:
            raise forms.ValidationError(_("Write what is to be done."))
        return text

    def clean(self) -> dict[str, Any]:
        words = super().clean()
        if not words.get("takes_text") and not words.get("takes_files"):
            raise forms.ValidationError(_("Take text, files, or both."))
        return words


@activity_types.register
class Assignment(ActivityType):
    """Text or files, marked by a person with points and a comment."""

    key = "assignment"
    name = _("Assignment")
    icon = "task"
    template = "assignment/assignment.html"
    settings_form = AssignmentSettings
    gradable = True
    texts = ("task",)
    rules = ("handed_in", "passed", "viewed")
    example = {
        "task": "<p>Describe a set of data of your own.</p>",
        "takes_text": True,
        "takes_files": True,
        "again": True,
    }
    routes = (
        Route("hand-in", views.hand_in, "activity.attempt", ("POST",), "save"),
        Route("submissions", views.submissions, "grade.edit"),
        Route(
            "submissions/<uuid:attempt_id>", views.marking, "grade.edit", ("GET", "POST"), "save"
        ),
        Route(
            "submissions/<uuid:attempt_id>/again", views.let_again, "grade.edit", ("POST",), "save"
        ),
    )

    def initial(self, config: Mapping[str, Any]) -> dict[str, Any]:
        return {**config, "task": with_pictures(config.get("task", ""))}

    def show(self, visit: Visit) -> dict[str, Any]:
        task = with_pictures(visit.config.get("task", ""))
        if not visit.seat_id:
            return {"task": task, "form": None, "attempts": []}
        attempts = own_work(visit.seat_id, visit.activity.id)
        last = attempts[0] if attempts else None
        may = may_hand_in(last, visit.config)
        return {
            "task": task,
            "form": HandInForm(config=visit.config) if may else None,
            "attempts": attempts,
        }
