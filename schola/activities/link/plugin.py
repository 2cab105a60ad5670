"""Somewhere else to go and look."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from schola.courses.activity_types import ActivityType, Visit, activity_types


class WebAddress(forms.URLField):
    """An address of the web: http or https, nothing else that a browser would follow."""

    default_validators = (URLValidator(schemes=["http", "https"]),)


class LinkSettings(forms.Form):
    url = WebAddress(label=_("Address"), assume_scheme="https", max_length=2000)
    why = forms.CharField(
        label=_("What to look for there"), widget=forms.Textarea(attrs={"rows": 4}),
        required=False, max_length=4000,
    )  # fmt: skip


@activity_types.register
class Link(ActivityType):
    """An address outside of the school."""

    key = "link"
    name = _("Link")
    icon = "link"
    template = "link/link.html"
    settings_form = LinkSettings
    example = {"url": "https://example.org/", "why": "Read the first chapter."}

    def show(self, visit: Visit) -> dict[str, Any]:
        url = visit.config.get("url", "")
        return {
            "url": url,
            "host": urlsplit(url).hostname or "",
            "why": visit.config.get("why", ""),
        }
