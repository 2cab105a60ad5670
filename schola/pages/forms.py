"""What authors type about courses and activities."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schola.courses.activity_types import ActivityType, activity_types
from schola.courses.models import Activity, Course
from schola.pages.due_field import DueField
from schola.pages.titles import is_untitled

RULES = {
    "viewed": _("When it has been opened"),
    "time": _("After some minutes on the page"),
    "ticked": _("When the learner ticks it off"),
    "marked": _("When an instructor ticks it off"),
    "handed_in": _("When it has been handed in"),
    "score": _("With a score of at least"),
    "passed": _("When it is passed, with at least"),
    "activity": _("When the activity says so"),
}
HUE_NAMES = {
    "spruce": _("Spruce"),
    "sea": _("Sea"),
    "sky": _("Sky"),
    "iris": _("Iris"),
    "plum": _("Plum"),
    "rose": _("Rose"),
    "clay": _("Clay"),
    "amber": _("Amber"),
    "moss": _("Moss"),
    "slate": _("Slate"),
}
WEAVE_NAMES = {
    "rings": _("Rings"),
    "waves": _("Waves"),
    "dots": _("Dots"),
    "steps": _("Stairs"),
    "hills": _("Hills"),
    "beams": _("Beams"),
}


class NewCourseForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=160, widget=forms.TextInput(attrs={"autofocus": True})
    )


class TitleForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)


class NewActivityForm(forms.Form):
    module = forms.IntegerField()
    kind = forms.ChoiceField(label=_("Kind"))
    title = forms.CharField(label=_("Title"), max_length=160)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [(kind.key, kind.name) for kind in activity_types]


class ActivityForm(forms.Form):
    """What every kind of activity has."""

    title = forms.CharField(
        label=_("Title"), max_length=160, required=False,
        help_text=_("Left empty, it is made from the first words."),
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=_("Takes about, in minutes"), min_value=1, max_value=600, required=False
    )
    due_at = DueField(label=_("Due"))
    required = forms.BooleanField(label=_("Needed to complete the course"), required=False)
    when = forms.ChoiceField(label=_("Finished"))
    percent = forms.IntegerField(
        label=_("At least, in percent"), min_value=0, max_value=100, required=False
    )
    points = forms.DecimalField(
        label=_("Points"), min_value=0, max_digits=9, decimal_places=2, required=False,
        help_text=_("What it is worth in the course total. 0: it does not count."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)
    draft_revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: ActivityType, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["when"].choices = [(key, RULES[key]) for key in kind.rules]
        if not kind.gradable:
            for name in ("points", "percent"):
                del self.fields[name]

    @staticmethod
    def values(activity: Activity) -> dict[str, Any]:
        """Return what the form shows of an activity."""
        untitled = is_untitled(activity, activity_types[activity.kind])
        return {
            "title": "" if untitled else activity.title,
            "minutes": activity.minutes,
            "due_at": activity.due_at,
            "required": activity.required,
            "when": activity.rule.get("when"),
            "percent": round(100 * activity.rule.get("fraction", 0.6)),
            "points": f"{activity.points.normalize():f}",
            "revision": activity.revision,
            "draft_revision": activity.draft.revision,
        }

    def changes(self) -> dict[str, Any]:
        """Return the fields of an activity that the form writes."""
        words = self.cleaned_data
        rule: dict[str, Any] = {"when": words["when"]}
        if words["when"] in ("score", "passed"):
            percent = words.get("percent")
            rule["fraction"] = (60 if percent is None else percent) / 100
        if words["when"] == "time":
            rule["minutes"] = words["minutes"] or 1
        return {
            "title": words["title"],
            "minutes": words["minutes"],
            "due_at": words["due_at"],
            "required": words["required"],
            "rule": rule,
            "points": words.get("points") or Decimal(0),
        }


class CourseForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)
    summary = forms.CharField(
        label=_("What it is about"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    hue = forms.ChoiceField(label=_("Colour of the cover"), choices=HUE_NAMES)
    weave = forms.ChoiceField(label=_("Pattern of the cover"), choices=WEAVE_NAMES)
    pass_percent = forms.IntegerField(
        label=_("Needed in total, in percent"), min_value=0, max_value=100, required=False,
        help_text=_("Leave it empty if finishing the activities is enough."),
    )  # fmt: skip
    self_enrollment = forms.ChoiceField(
        label=_("Who may join by themselves"),
        choices=[
            (Course.SelfEnrollment.CLOSED, _("Nobody")),
            (Course.SelfEnrollment.OPEN, _("Everybody")),
            (Course.SelfEnrollment.KEY, _("Who knows the key")),
        ],
    )
    enrollment_key = forms.CharField(label=_("Key"), max_length=40, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        words = super().clean()
        if words.get("self_enrollment") == "key" and not words.get("enrollment_key"):
            self.add_error("enrollment_key", _("Write the key that lets people in."))
        return words

    @staticmethod
    def values(course: Course) -> dict[str, Any]:
        percent = course.pass_fraction
        return {
            name: getattr(course, name)
            for name in (
                "title", "summary", "hue", "weave", "self_enrollment", "enrollment_key", "revision",
            )
        } | {"pass_percent": None if percent is None else round(100 * percent)}  # fmt: skip

    def changes(self) -> dict[str, Any]:
        """Return the fields of a course that the form writes."""
        words = dict(self.cleaned_data)
        words.pop("revision")
        percent = words.pop("pass_percent")
        return words | {"pass_fraction": None if percent is None else Decimal(percent) / 100}
