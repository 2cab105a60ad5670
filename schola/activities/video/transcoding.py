"""From what an author sent to what every browser plays: a poster, and H.264 with AAC in MP4.

Each rendition is one fragmented MP4 with its index first: it plays while it loads, from any place,
and can be named piece by piece in a playlist. The sound alone is a rendition, too.

Foreign media are decoded in the lane "media", in a process of their own with bounded memory.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schola.activities.video.models import Film
from schola.kernel.files import NO_ROOM, derivative, derive, path_of
from schola.kernel.jobs import job, progress
from schola.kernel.signals import announce

if TYPE_CHECKING:
    import av

HEIGHTS = {"360p": 360, "720p": 720}
BITS = {"360p": 96_000, "720p": 128_000}  # of the sound, each second
QUALITY = {"360p": "25", "720p": "23"}  # x264's constant rate factor
LARGEST_SIDE = 8192
LONGEST_SECONDS = 6 * 3600
POSTER_AT = 0.1  # of the length: past a black beginning
RATE = 48_000
SOUND = "audio"
SOUND_BITS = 64_000
WHOLE = {"fflags": "+bitexact"}
FLAGS = "empty_moov+delay_moov+default_base_moof+global_sidx"
PICTURES = WHOLE | {"movflags": f"frag_keyframe+{FLAGS}", "min_frag_duration": "2000000"}
SOUNDS = WHOLE | {"movflags": FLAGS, "frag_duration": "4000000"}  # microseconds


@job(label=gettext_lazy("Video made ready to play"), tries=3, lane="media", seconds=4 * 3600)
def make_ready(film_id: int) -> None:
    """Make poster and renditions, or write down why not. Safe to repeat: what is made stays."""
    import av

    film = Film.objects.select_related("file").filter(pk=film_id).first()
    if film is None or film.state == Film.State.READY:
        return
    if film.state == Film.State.BROKEN:  # for want of room: now it is tried again
        film.state, film.problem = Film.State.WAITING, ""
        _tell(film)
    path = path_of(film.file.sha256)
    try:
        _look(film, path)
        keys = [*wanted(film.height), *([SOUND] if _has_sound(path) else [])]
        for number, key in enumerate(keys):
            if derivative(film.file, key) is None:
                _make(film, path, key, (number, len(keys)))
    except (av.error.FFmpegError, Unplayable) as error:
        film.state = Film.State.BROKEN
        film.problem = str(error) if isinstance(error, Unplayable) else _broken()
    except ValidationError as error:  # no room for what is made of it: tried again
        film.state = Film.State.BROKEN
        film.problem = NO_ROOM if error.code == NO_ROOM else error.messages[0]
        _tell(film)
        raise
    else:
        film.state, film.percent, film.problem = Film.State.READY, 100, ""
    _tell(film)


@transaction.atomic
def _tell(film: Film) -> None:
    film.save()
    announce(film.channel, {})


class Unplayable(Exception):
    """The file is not a film that we can show; the words are for its author."""


def wanted(height: int) -> list[str]:
    """Return the renditions of a film this high: never larger than it is, and at least one."""
    return [key for key, lines in HEIGHTS.items() if lines <= height] or ["360p"]


def _broken() -> str:
    return _("This file cannot be played. Export it again, as MP4 if you can, and send that.")


def _look(film: Film, path: Path) -> None:
    """Find out length and size, and make the poster. Raises Unplayable."""
    import av

    with av.open(str(path)) as source:
        if not source.streams.video:
            raise Unplayable(_("There is no picture in this file. Send a video."))
        seconds = float(source.duration or 0) / av.time_base
        if not 0 < seconds <= LONGEST_SECONDS:
            raise Unplayable(_broken())
        source.seek(int(POSTER_AT * seconds * av.time_base))
        frame = next(source.decode(source.streams.video[0]), None)
        if frame is None or max(frame.width, frame.height) > LARGEST_SIDE:
            raise Unplayable(_broken())
        picture = frame.to_image().rotate(frame.rotation, expand=True)
    film.seconds, (film.width, film.height) = seconds, picture.size
    film.save(update_fields=["seconds", "width", "height"])
    if derivative(film.file, "poster") is None:
        picture.thumbnail((1280, 720))
        data = BytesIO()
        picture.save(data, "WEBP", quality=80)
        data.seek(0)
        derive(film.file, "poster", data)


def _has_sound(path: Path) -> bool:
    import av

    with av.open(str(path)) as source:
        return bool(source.streams.audio)


def _make(film: Film, path: Path, key: str, place: tuple[int, int]) -> None:
    """Make one rendition beside and keep it only when it is whole. place: (which, of how many)"""
    before, count = place

    def tell(at_seconds: float) -> None:
        percent = min(99, int(100 * (before + min(1, at_seconds / film.seconds)) / count))
        if percent > film.percent:
            film.percent = percent
            film.save(update_fields=["percent"])
            progress(percent, 100, key)

    with TemporaryDirectory() as folder:
        made = Path(folder) / "film.mp4"
        if key == SOUND:
            encode_sound(path, made, tell)
        else:
            encode(path, made, key, tell)
        with made.open("rb") as stream:
            derive(film.file, key, stream)


def encode(path: Path, made: Path, key: str, tell: Callable[[float], None]) -> None:
    """Write one rendition: H.264 and AAC, its index first so that it plays while it loads."""
    import av

    with (
        av.open(str(path)) as source,
        av.open(str(made), "w", format="mp4", options=PICTURES) as film,
    ):
        picture = source.streams.video[0]
        sound = next(iter(source.streams.audio), None)
        writer = _Writer(film, key, picture, sound)
        for frame in source.decode(*(stream for stream in (picture, sound) if stream)):
            writer.take(frame)
            tell(frame.time or 0)
        writer.end()


def encode_sound(path: Path, made: Path, tell: Callable[[float], None]) -> None:
    """Write the sound alone, for who listens or pays for each megabyte."""
    import av

    with (
        av.open(str(path)) as source,
        av.open(str(made), "w", format="mp4", options=SOUNDS) as film,
    ):
        audio = film.add_stream("aac", RATE, layout="stereo")
        audio.bit_rate = SOUND_BITS
        resampler = av.AudioResampler("fltp", "stereo", RATE)
        for frame in source.decode(source.streams.audio[0]):
            for each in resampler.resample(frame):
                film.mux(audio.encode(each))
            tell(frame.time or 0)
        for each in resampler.resample(None):
            film.mux(audio.encode(each))
        film.mux(audio.encode(None))


class _Writer:
    """The streams of a rendition. The picture's are set up by the first frame, which may turn."""

    def __init__(self, film: Any, key: str, picture: Any, sound: Any) -> None:
        import av

        self.film, self.key, self.picture = film, key, picture
        self.video: Any = None
        self.graph: Any = None
        self.audio = film.add_stream("aac", RATE, layout="stereo") if sound else None
        if self.audio:
            self.audio.bit_rate = BITS[key]
            self.resampler = av.AudioResampler("fltp", "stereo", RATE)
        self._early: list[Any] = []

    def take(self, frame: Any) -> None:
        import av

        if isinstance(frame, av.VideoFrame):
            if self.video is None:
                self._begin(frame)
            for shown in self._pushed(frame):
                shown.pict_type = av.video.frame.PictureType.NONE
                self.film.mux(self.video.encode(shown))
        elif self.video is None:
            self._early.append(frame)  # a stream cannot be added when the file has begun
        else:
            self._hear(frame)

    def end(self) -> None:
        if self.video is None:
            raise Unplayable(_broken())
        self.film.mux(self.video.encode(None))
        if self.audio:
            self._hear(None)
            self.film.mux(self.audio.encode(None))

    def _begin(self, frame: Any) -> None:
        turned = frame.rotation % 180 != 0
        width, height = (frame.height, frame.width) if turned else (frame.width, frame.height)
        lines = min(HEIGHTS[self.key], height) // 2 * 2 or 2
        columns = max(2, round(width * lines / height / 2) * 2)
        rate = self.picture.average_rate or Fraction(25)
        self.video = self.film.add_stream("libx264", min(rate, Fraction(60)))
        self.video.width, self.video.height, self.video.pix_fmt = columns, lines, "yuv420p"
        self.video.time_base = self.picture.time_base
        self.video.codec_context.time_base = self.picture.time_base
        self.video.options = {"preset": "veryfast", "crf": QUALITY[self.key], "g": "120"}
        self.graph = _graph(self.picture, frame, columns, lines)
        early, self._early = self._early, []
        for sound in early:
            self._hear(sound)

    def _pushed(self, frame: Any) -> Iterator[Any]:
        import av

        self.graph.push(frame)
        while True:
            try:
                yield self.graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return

    def _hear(self, frame: Any) -> None:
        for each in self.resampler.resample(frame):
            self.film.mux(self.audio.encode(each))


def _graph(picture: Any, frame: Any, width: int, height: int) -> "av.filter.Graph":
    """Return the filters that turn a frame upright and make it this large."""
    import av

    turns = {90: ["cclock"], -90: ["clock"], 270: ["clock"], 180: ["clock", "clock"],
             -180: ["clock", "clock"]}  # fmt: skip
    graph = av.filter.Graph()
    nodes = [graph.add_buffer(template=picture)]
    nodes += [graph.add("transpose", turn) for turn in turns.get(round(frame.rotation), [])]
    nodes += [graph.add("scale", f"{width}:{height}"), graph.add("format", "yuv420p")]
    nodes += [graph.add("buffersink")]
    graph.link_nodes(*nodes).configure()
    return graph
