"""The film on the standard deviation: five dots, their squares, and one average square.

640 x 360, 12 pictures a second, H.264 and AAC. Captions come from the same scenes.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import pi, sin
from pathlib import Path
from typing import Any

from PIL import Image

from schola.demo.media.scenes import FPS, SCENES, SIZE, Scene

RATE = 22_050
SAMPLES = 1_024
NOTES = (262, 330, 392, 330, 440, 392, 330, 294, 262)


def make_film(folder: Path) -> list[Path]:
    """Write film, captions and poster and return the files."""
    film, captions, poster = (
        folder / f"standard-deviation.{ending}" for ending in ("mp4", "en.vtt", "webp")
    )
    captions.write_text(vtt(), encoding="utf-8")
    SCENES[4].picture(1.0).save(poster, "WEBP", lossless=True)
    _encode(film)
    return [film, captions, poster]


def vtt() -> str:
    """Return the captions as WebVTT."""
    cues = [
        f"{number}\n{_clock(scene.start)} --> {_clock(scene.start + scene.seconds - 0.2)}\n"
        f"{scene.caption}\n"
        for number, scene in enumerate(SCENES, 1)
    ]
    return "WEBVTT\n\n" + "\n".join(cues)


def transcript() -> str:
    """Return what is said and what is seen, as HTML."""
    return "\n".join(
        f"<p>{scene.caption.replace(chr(10), ' ')} <em>[{scene.seen}]</em></p>" for scene in SCENES
    )


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"00:{int(minutes):02}:{rest:06.3f}"


def _encode(path: Path) -> None:
    import av

    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(path), "w", format="mp4", options=options) as film:
        video = film.add_stream("libx264", FPS)
        video.width, video.height, video.pix_fmt = *SIZE, "yuv420p"
        video.options = {"preset": "veryfast", "crf": "26", "threads": "1", "g": "48"}
        audio = film.add_stream("aac", RATE, layout="mono")
        audio.bit_rate = 48_000
        for picture in _pictures():
            film.mux(video.encode(av.VideoFrame.from_image(picture)))
        film.mux(video.encode())
        for frame in _sounds(av):
            film.mux(audio.encode(frame))
        film.mux(audio.encode())


def _pictures() -> Iterator[Image.Image]:
    for scene in SCENES:
        held, drawn = None, None
        for number in range(scene.seconds * FPS):
            moment = scene.moment(number / FPS)
            if moment != held:
                held, drawn = moment, scene.picture(moment)
            yield drawn


def _sounds(av: Any) -> Iterator[Any]:
    """Yield a soft note at the start of each scene, and silence."""
    track = b"".join(_note(scene, NOTES[n % len(NOTES)]) for n, scene in enumerate(SCENES))
    for start in range(0, len(track) - 2 * SAMPLES + 1, 2 * SAMPLES):
        frame = av.AudioFrame(format="s16", layout="mono", samples=SAMPLES)
        frame.planes[0].update(track[start : start + 2 * SAMPLES])
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        frame.pts = start // 2
        yield frame


def _note(scene: Scene, pitch: int) -> bytes:
    """Return the scene's sound as signed 16-bit samples: a note of 1.5 s that fades away."""
    length = RATE * 3 // 2
    sounding = bytearray()
    for sample in range(length):
        fade = (1 - sample / length) ** 3 * min(1, sample / 400)
        turn = 2 * pi * pitch * sample / RATE
        level = round(3_500 * fade * (sin(turn) + 0.3 * sin(2 * turn)))
        sounding += level.to_bytes(2, "little", signed=True)
    return bytes(sounding) + bytes(2 * (scene.seconds * RATE - length))
