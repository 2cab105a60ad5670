"""Text to read, with pictures."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import ProseEditorWidget

from schola.activities.page.tidy import tidy
from schola.courses.activity_types import ActivityType, Visit, activity_types
from schola.kernel.files import with_pictures, without_addresses
from schola.kernel.sanitize import clean_html

EXTENSIONS = {
    **dict.fromkeys(("Bold", "Italic", "Subscript", "Superscript", "HTML"), True),
    **dict.fromkeys(("Figure", "Image", "Caption"), True),
    **dict.fromkeys(("BulletList", "OrderedList", "ListItem", "Blockquote"), True),
    **dict.fromkeys(("Table", "TableRow", "TableHeader", "TableCell"), True),
    **dict.fromkeys(("CodeBlock", "HardBreak", "HorizontalRule"), True),
    "Heading": {"levels": [2, 3, 4]},
    "Link": {"enableTarget": False},
}
OURS = (
    "Everywhere", "Details", "Summary", "Aside", "Section", "Terms", "Term", "Meaning", "Formula",
    "Whole", "Code", "Keys", "Abbreviation", "Definition", "Quote", "Span", "Isolated", "Under",
    "Struck", "Marked",
)  # fmt: skip


class PageEditor(ProseEditorWidget):
    """The editor, with nodes of ours for everything else that a page may hold."""

    def __init__(self) -> None:
        extensions = EXTENSIONS | dict.fromkeys(OURS, True)
        super().__init__(config={"extensions": extensions}, preset="configurable")

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"js_modules": [f"{settings.STATIC_URL}js/prose-nodes.js"]}


class PageSettings(forms.Form):
    body = forms.CharField(label=_("Text"), required=False, widget=PageEditor)

    def clean_body(self) -> str:
        """Keep only what a page may have; what is stored is safe to show."""
        return clean_html(tidy(without_addresses(self.cleaned_data["body"])), "page")


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
