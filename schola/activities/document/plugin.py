"""Documents: PDF beside the outline, texts as a page, slides as PDF where they can be made one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schola.activities.document import views
from schola.activities.document.models import Paper
from schola.activities.document.pages import shown_pages
from schola.activities.document.texts import text_of
from schola.courses.accessibility import Finding
from schola.courses.activity_types import ActivityType, Route, Visit, activity_types
from schola.courses.rich_text import RichText, clean_text
from schola.kernel.files import file_url, path_of, with_pictures
from schola.kernel.files.views import PIECE_METHODS
from schola.kernel.models import File


class DocumentSettings(forms.Form):
    about = forms.CharField(
        label=_("Text above the document"), required=False, max_length=10_000,
        widget=RichText,
    )  # fmt: skip

    def clean_about(self) -> str:
        return clean_text(self.cleaned_data["about"])


@activity_types.register
class Document(ActivityType):
    """A PDF, a text or slides to read. Its first view finishes it, unless its rule asks more."""

    key = "document"
    name = _("Document")
    icon = "text"
    template = "document/document.html"
    edit_template = "document/edit.html"
    settings_form = DocumentSettings
    texts = ("about",)
    rules = ("viewed", "time", "ticked", "marked")
    example = {"about": "<p>Print it and keep it.</p>"}
    routes = (
        Route("paper", views.upload, "activity.edit", ("POST",)),
        Route("paper-again", views.again, "activity.edit", ("POST",)),
        Route("paper-pieces", views.pieces, "activity.edit", ("POST",)),
        Route("paper-pieces/<uuid:upload>", views.piece, "activity.edit", PIECE_METHODS, "save"),
    )

    def initial(self, config: Mapping[str, Any]) -> dict[str, Any]:
        return {**config, "about": with_pictures(config.get("about", ""))}

    def editing(self, config: Mapping[str, Any]) -> dict[str, Any]:
        return {"paper": _paper(config)}

    def findings(self, configs: Sequence[Mapping[str, Any]]) -> list[list[Finding]]:
        """A PDF is read out by its structure, and found among others by its title."""
        known = looked_at(configs)
        return [_findings(config, known.get(config.get("file"))) for config in configs]

    def found_text(self, config: Mapping[str, Any], language: str) -> str:
        """What stands in the document, as far as it is readable yet. At most one query."""
        return text_of(config["file"]) if config.get("file") else ""

    def show(self, visit: Visit) -> dict[str, Any]:
        paper = _paper(visit.config)
        found: dict[str, Any] = {
            "about": with_pictures(visit.config.get("about", "")),
            "paper": paper,
        }
        if paper is None or paper.state == Paper.State.BROKEN:
            return found
        made = {file.key: file for file in File.objects.filter(source=paper.file_id)}
        pdf = paper.file if visit.config["shape"] == "pdf" else made.get("pdf")
        text = path_of(made["html"].sha256).read_text("utf-8") if "html" in made else ""
        return found | {
            "pdf": file_url(pdf) if pdf and paper.state == Paper.State.READY else "",
            "pages": shown_pages(made) if pdf else [],
            "text": with_pictures(text),
            "download": file_url(paper.file, download=True),
        }


def _paper(config: Mapping[str, Any]) -> Paper | None:
    return Paper.objects.select_related("file").filter(file=config.get("file")).first()


def looked_at(configs: Sequence[Mapping[str, Any]]) -> dict[int | None, list[bool | None]]:
    """Return whether each PDF is tagged and has a title, by its file. At most one query."""
    files = [config["file"] for config in configs if config.get("file")]
    papers = Paper.objects.filter(file__in=files, state=Paper.State.READY)
    return {file: seen for file, *seen in papers.values_list("file", "tagged", "titled")}


def _findings(config: Mapping[str, Any], seen: Sequence[bool | None] | None) -> list[Finding]:
    faults = {
        "pdf-tags": _("PDF is not tagged: save it again as an accessible PDF"),
        "pdf-title": _("PDF has no title: write one in its properties"),
    }
    name = config.get("name", "")
    return [
        Finding(key, str(title), name, link="#paper")
        for (key, title), there in zip(faults.items(), seen or (None, None), strict=True)
        if there is False
    ]
