"""/styleguide: every part of the interface in its states. The page is itself a test."""

from datetime import UTC, datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from schola.kernel.guard import public

THEMES = ("light", "dark")
HUES = ("spruce", "sea", "sky", "iris", "plum", "rose", "clay", "amber", "moss", "slate")
WEAVES = ("rings", "dots", "beams", "steps", "waves", "hills")
ICONS = [
    "home",
    "learn",
    "calendar",
    "inbox",
    "person",
    "people",
    "search",
    "bell",
    "check",
    "cross",
    "plus",
    "next",
    "back",
    "down",
    "arrow",
    "lock",
    "play",
    "pause",
    "video",
    "text",
    "quiz",
    "task",
    "talk",
    "live",
    "package",
    "download",
    "upload",
    "offline",
    "cloud",
    "clock",
    "flag",
    "star",
    "award",
    "chart",
    "gear",
    "dots",
    "grip",
    "note",
    "info",
    "alert",
    "image",
    "link",
    "list",
    "eye",
    "pen",
    "trash",
    "sort",
    "mail",
    "filter",
    "globe",
    "moon",
    "captions",
    "printer",
    "seat",
    "bold",
    "italic",
    "formula",
    "table",
    "school",
    "sound",
    "silent",
    "full",
]


class Sample(forms.Form):
    """One field of each kind, one of them filled in wrongly."""

    title = forms.CharField(label=_("Course title"), help_text=_("Learners see this on the card."))
    grade = forms.IntegerField(label=_("Passing grade"), max_value=100)
    about = forms.CharField(label=_("About"), required=False, widget=forms.Textarea)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("en", "English"), ("ar", "العربية")], required=False
    )
    remind = forms.BooleanField(label=_("Remind me a day before"), required=False)


@public("the parts of the interface hold nobody's data")
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show all components. ?theme=light or dark chooses a theme, else the system's holds."""
    theme = request.GET.get("theme", "")
    form = Sample({"title": "Spanish A2", "grade": "140", "remind": "on"})
    context = {
        "theme": theme if theme in THEMES else "",
        "form": form,
        "icons": ICONS,
        "covers": [(hue, WEAVES[at % len(WEAVES)]) for at, hue in enumerate(HUES)],
        "tabs": [("#outline", _("Outline"), True), ("#grades", _("Grades"), False)],
        "views": [("list", _("List")), ("board", _("Board"))],
        "themes": [("?", _("As the system")), *((f"?theme={name}", name) for name in THEMES)],
        "at": datetime(2026, 11, 24, 18, 0, tzinfo=UTC),
    }
    return render(request, "styleguide.html", context)
