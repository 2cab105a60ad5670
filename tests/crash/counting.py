"""What is counted in the database and on disk when everything has ended."""

import hashlib
import struct
import time
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO

import httpx

from tests.crash.hand import Hand

PATIENCE_SECONDS = 60
ATTEMPTS = (
    "SELECT t.id, t.state, t.earned FROM records_attempt t"
    " JOIN courses_activity a ON a.id = t.activity_id"
    " JOIN enrollment_enrollment s ON s.id = t.seat_id"
    " JOIN people_person p ON p.id = s.person_id WHERE a.key = '{key}' AND p.email = '{email}'"
)
OF_SEAT = (
    "JOIN enrollment_enrollment s ON s.id = {seat} JOIN people_person p ON p.id = s.person_id"
    " WHERE p.email = '{email}'"
)


def attempts_of(hand: Hand, course: str, kind: str) -> list[tuple]:
    """Return (id, state, earned) of the person's attempts of an activity."""
    key = hand.victim.where(course, kind).rpartition("/")[2]
    found = hand.sql(ATTEMPTS.format(key=key, email=hand.email))
    return [(number, state, float(earned or 0)) for number, state, earned in found]


def stated_once(hand: Hand, verb: str, course: str, kind: str) -> Iterator[str]:
    """Tell how often it was stated, if not once."""
    key = hand.victim.where(course, kind).rpartition("/")[2]
    found = hand.number(
        "SELECT count(*) FROM records_statement t JOIN courses_activity a ON a.id = t.activity_id "
        + OF_SEAT.format(seat="t.seat_id", email=hand.email)
        + f" AND a.key = '{key}' AND t.verb = '{verb}'"
    )
    if found != 1:
        yield f"“{verb}” was stated {found} times"


def file_once(hand: Hand, name: str, data: bytes) -> Iterator[str]:
    """Tell what is wrong with a file that was sent once: its row, or its bytes."""
    found = hand.sql(f"SELECT sha256, size FROM kernel_file WHERE name = '{name}' AND key = ''")
    sha256 = hashlib.sha256(data).hexdigest()
    if found != [(sha256, len(data))]:
        yield f"files: {found}"
    elif (hand.victim.live.home / "files" / sha256[:2] / sha256[2:]).read_bytes() != data:
        yield "the bytes are not those that were sent"


def film_ready(hand: Hand) -> Iterator[str]:
    """Tell what a film lacks that should be ready by now."""
    found = hand.sql(
        "SELECT v.state, f.id FROM activities_video_film v JOIN kernel_file f ON f.id = v.file_id"
        f" WHERE f.name = '{hand.tag}.mp4'"
    )
    if [state for state, _file in found] != ["ready"]:
        yield f"films: {found}"
        return
    made = hand.sql(f"SELECT key, sha256 FROM kernel_file WHERE source_id = {found[0][1]}")
    if sorted(key for key, _sha in made) != ["360p", "poster"]:
        yield f"made of the film: {made}"
    for key, sha256 in made:
        data = (hand.victim.live.home / "files" / sha256[:2] / sha256[2:]).read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            yield f"{key} is broken"


def until(hand: Hand, true: Callable[[], bool]) -> None:
    """Wait for it, or fail. Raises HTTPError when the school is killed meanwhile."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        if hand.gone.is_set():
            raise httpx.HTTPError("the school is gone")
        assert time.monotonic() < end, "it does not come true"
        time.sleep(0.05)


def film_of(hand: Hand) -> bytes:
    """Return a film of three seconds that nobody else has sent: it holds the tag, unseen."""
    tag = hand.tag.encode()
    return _film() + struct.pack(">I", 8 + len(tag)) + b"free" + tag


@cache
def _film() -> bytes:
    import av
    from PIL import Image

    data = BytesIO()
    with av.open(data, "w", format="mp4") as out:
        video = out.add_stream("libx264", 10)
        video.width, video.height, video.pix_fmt = 640, 360, "yuv420p"
        for number in range(30):
            picture = Image.effect_noise((640, 360), 40 + number).convert("RGB")
            out.mux(video.encode(av.VideoFrame.from_image(picture)))
        out.mux(video.encode())
    return data.getvalue()
