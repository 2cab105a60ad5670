"""Videos: shown in the size that fits, with captions, finished by what was really seen."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schola.activities.video import views
from schola.activities.video.models import Film
from schola.activities.video.spans import share
from schola.courses.accessibility import Finding
from schola.courses.activity_types import ActivityType, Result, Route, Visit, activity_types
from schola.kernel.files import file_url
from schola.kernel.models import File
from schola.kernel.sanitize import clean_html
from schola.records.models import Progress


class VideoSettings(forms.Form):
    about = forms.CharField(
        label=gettext_lazy("Text below the video"), required=False, max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def clean_about(self) -> str:
        """Keep only what a page may have."""
        return clean_html(self.cleaned_data["about"], "page")


@activity_types.register
class Video(ActivityType):
    """A film with captions and transcript, finished when nine tenths of it are seen."""

    key = "video"
    name = gettext_lazy("Video")
    icon = "video"
    template = "video/video.html"
    edit_template = "video/edit.html"
    settings_form = VideoSettings
    scripts = ("js/video.js",)
    texts = ("about",)
    rules = ("activity", "viewed", "ticked", "marked")
    example = {"about": "<p>Watch it to the end.</p>"}
    routes = (
        Route("film", views.upload, "activity.edit", ("POST",)),
        Route("film-pieces", views.pieces, "activity.edit", ("POST",)),
        Route("film-pieces/<uuid:upload>", views.piece, "activity.edit", ("HEAD", "PATCH"), "save"),
        Route("film-state", views.state, "activity.edit"),
        Route("captions", views.captions, "activity.edit", ("POST",)),
        Route("seen", views.seen, "activity.attempt", ("POST",), "save"),
    )

    def editing(self, config: Mapping[str, Any]) -> dict[str, Any]:
        return {"form": views.CaptionsForm(), **self._film(config)}

    def findings(self, configs: Sequence[Mapping[str, Any]]) -> list[list[Finding]]:
        """A film without captions cannot be heard by everybody."""
        title = _("Video has no captions")
        return [
            [Finding("captions", title, config.get("name", ""), link="#captions")]
            if config.get("file") and not config.get("captions")
            else []
            for config in configs
        ]

    def show(self, visit: Visit) -> dict[str, Any]:
        found = self._film(visit.config)
        if visit.seat_id and found["film"]:
            mine = Progress.objects.filter(seat_id=visit.seat_id, activity_id=visit.activity.id)
            marks = mine.values_list("marks", flat=True).first() or {}
            seen = marks.get("seen", {})
            spans = seen.get("spans", []) if seen.get("of") == visit.config["source"] else []
            found["percent"] = int(100 * share(spans, found["film"].seconds))
            found["resume"] = _resume(spans, found["film"].seconds)
        return found | {"about": visit.config.get("about", "")}

    def act(self, visit: Visit, data: QueryDict) -> Result:
        """Refuse: a film is finished by the seconds that were seen, not by a word."""
        raise ValidationError(_("Watch the video. It is finished when enough of it was seen."))

    def _film(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """Return the film of a config with the addresses of all its files. Two queries."""
        film = Film.objects.select_related("file").filter(file=config.get("file")).first()
        tracks = config.get("captions", [])
        if film is None:
            return {"film": None, "tracks": tracks}
        ours = Q(source=film.file_id) | Q(pk__in=[track["file"] for track in tracks])
        files = list(File.objects.filter(ours))
        captions = {file.pk: file for file in files if not file.key}
        made = {file.key: file for file in files if file.key}
        return {
            "film": film,
            "poster": file_url(made["poster"]) if "poster" in made else "",
            "sources": _sources(film, made),
            "tracks": [
                track | {"url": file_url(captions[track["file"]])}
                for track in tracks
                if track["file"] in captions
            ],
        }


def _sources(film: Film, made: Mapping[str, File]) -> list[dict[str, str]]:
    """Return what a browser may choose from: the renditions, or what was sent until they are."""
    found = [{"url": file_url(made[key]), "key": key} for key in ("720p", "360p") if key in made]
    if found or film.state == Film.State.BROKEN:
        return found
    return [{"url": file_url(film.file), "key": ""}]


def _resume(spans: list[list[int]], seconds: float) -> int:
    """Return the second at which to go on: the end of what was seen last, if it is not the end."""
    last = spans[-1][1] / 10 if spans else 0
    return int(last) if last < seconds - 5 else 0
