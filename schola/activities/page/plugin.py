"""Text to read, with pictures."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schola.courses.activity_types import ActivityType, Visit, activity_types
from schola.courses.rich_text import RichText, clean_text
from schola.kernel.files import with_pictures


class PageSettings(forms.Form):
    body = forms.CharField(label=_("Text"), required=False, widget=RichText)

    def clean_body(self) -> str:
        return clean_text(self.cleaned_data["body"])


@activity_types.register
class Page(ActivityType):
    """Text to read. Its first view finishes it, unless its rule asks for more."""

    key = "page"
    name = _("Page")
    icon = "text"
    template = "page/page.html"
    settings_form = PageSettings
    example = {"body": "<p>Read me.</p>"}
    texts = ("body",)
    rules = ("viewed", "time", "ticked", "marked")

    def initial(self, config: Mapping[str, Any]) -> dict[str, Any]:
        return {**config, "body": with_pictures(config.get("body", ""))}

    def show(self, visit: Visit) -> dict[str, Any]:
        return {"body": with_pictures(visit.config.get("body", ""))}
