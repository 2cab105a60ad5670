"""Videos: shown in the size that fits, with captions, finished by what was really seen."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schola.activities.video import content, views
from schola.activities.video.hls import TYPE, playable, playlist_url
from schola.activities.video.models import Film
from schola.activities.video.spans import share
from schola.courses.accessibility import Finding
from schola.courses.activity_types import ActivityType, Result, Route, Visit, activity_types
from schola.courses.rich_text import RichText, clean_text
from schola.kernel.content_urls import on_content_host
from schola.kernel.files import file_url, with_pictures
from schola.kernel.files.views import PIECE_METHODS
from schola.kernel.live import live_url
from schola.kernel.models import File
from schola.kernel.tenants import current_organization
from schola.records.models import Progress

on_content_host(path("h/<str:token>/<slug:name>.m3u8", content.playlist, name="film-playlist"))

SPEEDS = (0.75, 1, 1.25, 1.5, 2)


class VideoSettings(forms.Form):
    about = forms.CharField(
        label=gettext_lazy("Text below the video"), required=False, max_length=10_000,
        widget=RichText,
    )  # fmt: skip

    def clean_about(self) -> str:
        return clean_text(self.cleaned_data["about"])


@activity_types.register
class Video(ActivityType):
    """A film with captions and transcript, finished when nine tenths of it are seen."""

    key = "video"
    name = gettext_lazy("Video")
    icon = "video"
    template = "video/video.html"
    edit_template = "video/edit.html"
    settings_form = VideoSettings
    scripts = ("js/video.js", "js/film-waiting.js")
    texts = ("about",)
    rules = ("activity", "viewed", "ticked", "marked")
    example = {"about": "<p>Watch it to the end.</p>"}
    routes = (
        Route("film", views.upload, "activity.edit", ("POST",)),
        Route("film-again", views.again, "activity.edit", ("POST",)),
        Route("film-pieces", views.pieces, "activity.edit", ("POST",)),
        Route("film-pieces/<uuid:upload>", views.piece, "activity.edit", PIECE_METHODS, "save"),
        Route("film-state", views.state, "activity.edit"),
        Route("captions", views.captions, "activity.edit", ("POST",)),
        Route("seen", views.seen, "activity.attempt", ("POST",), "save"),
    )

    def initial(self, config: Mapping[str, Any]) -> dict[str, Any]:
        return {**config, "about": with_pictures(config.get("about", ""))}

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

    def found_text(self, config: Mapping[str, Any], language: str) -> str:
        """What is said in it: in the language of the course, else as the first captions have it."""
        tracks = config.get("captions", [])
        spoken = [track for track in tracks if track["language"] == language] or tracks
        return " ".join(text for track in spoken[:1] for _start, text in track["lines"])

    def show(self, visit: Visit) -> dict[str, Any]:
        found = self._film(visit.config)
        film = found["film"]
        if film and film.state == Film.State.WAITING:
            found["live"] = live_url(current_organization(), film.channel, visit.session_id)
        if visit.seat_id and film:
            mine = Progress.objects.filter(seat_id=visit.seat_id, activity_id=visit.activity.id)
            marks = mine.values_list("marks", flat=True).first() or {}
            seen = marks.get("seen", {})
            seen = seen if seen.get("of") == visit.config["source"] else {}
            found["percent"] = int(100 * share(seen.get("spans", []), film.seconds))
            found["resume"] = _resume(seen, film.seconds)
        if visit.saves_data and "sources" in found:
            found["sources"] = found["sources"][-1:]  # the smallest alone
        return found | {"about": with_pictures(visit.config.get("about", ""))}

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
            **_files(film, made),
            "tracks": [
                track | {"url": file_url(captions[track["file"]])}
                for track in tracks
                if track["file"] in captions
            ],
        }


def _files(film: Film, made: Mapping[str, File]) -> dict[str, Any]:
    """Return what a browser may choose from: the renditions, or what was sent until they are."""
    large, small = made.get("720p"), made.get("360p")
    sources = [
        {"url": file_url(file), "key": file.key, "type": file.media_type,
         "wide": file is large and bool(small)}
        for file in (large, small)
        if file
    ]  # fmt: skip
    if not sources and film.state != Film.State.BROKEN:
        sources = [{"url": file_url(film.file), "key": "", "type": film.file.media_type}]
    sizes = [{"url": each["url"], "name": each["key"]} for each in sources if each["key"]]
    if playable(made):
        by_line = {"url": playlist_url(film), "type": TYPE}
        sources.insert(0, by_line)
        sizes.insert(0, {"name": _("Automatic"), **by_line})
    sound = made.get("audio")
    audio = {"url": file_url(sound), "size": sound.size} if sound else None
    if audio:
        sizes.append({"url": audio["url"], "name": _("Audio only")})
    return {"sources": sources, "sizes": sizes, "audio": audio, "speeds": SPEEDS}


def _resume(seen: Mapping[str, Any], seconds: float) -> int:
    """Return the second at which to go on: where one stopped, if that is not the end."""
    spans = seen.get("spans", [])
    last = seen.get("at", spans[-1][1] / 10 if spans else 0)
    return int(last) if last < seconds - 5 else 0
