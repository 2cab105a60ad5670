"""The text of an activity: one editor for all types, and one form that is safe to show."""

from typing import Any

from django.conf import settings
from django_prose_editor.widgets import ProseEditorWidget

from schola.courses.tidy import tidy
from schola.kernel.files import without_addresses
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


class RichText(ProseEditorWidget):
    """The editor, with nodes of ours for everything else that a page may hold."""

    def __init__(self) -> None:
        extensions = EXTENSIONS | dict.fromkeys(OURS, True)
        super().__init__(config={"extensions": extensions}, preset="configurable")

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"js_modules": [f"{settings.STATIC_URL}js/prose-nodes.js"]}


def clean_text(html: str) -> str:
    """Keep only what a page may have; what is stored is safe to show."""
    return clean_html(tidy(without_addresses(html)), "page")
