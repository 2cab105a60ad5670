"""Playlists of a film for players that choose its size by the line, as they go on.

Each rendition is one fragmented MP4 whose index (`sidx`) says where its pieces lie, so a playlist
names ranges of that one file, at the signed address that it has anyway. Players that know no HLS
choose a rendition once, as before.
Source: RFC 8216; ISO/IEC 14496-12, 8.16.3; RFC 6381 for the names of codecs.
"""

import math
import struct
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import BinaryIO, NamedTuple

from django.conf import settings
from django.core import signing

from schola.activities.video.models import Film
from schola.kernel.files import file_url, path_of
from schola.kernel.models import File

TYPE = "application/vnd.apple.mpegurl"
KEYS = ("720p", "360p")  # sound alone is chosen by who listens, not by the line
LIFE_SECONDS = 24 * 3600
SALT = "schola.video.hls"
MOST_HEAD_BYTES = 4_000_000


class Piece(NamedTuple):
    """Bytes of a rendition that play by themselves after its beginning."""

    start: int
    length: int
    seconds: float


class Index(NamedTuple):
    """What a playlist says of a rendition. head: bytes before its first piece is described."""

    head: int
    pieces: tuple[Piece, ...]
    codecs: str
    width: int
    height: int

    @property
    def peak(self) -> int:
        """Bits a second of the piece that needs most."""
        return math.ceil(max(8 * each.length / each.seconds for each in self.pieces))

    @property
    def average(self) -> int:
        bits = 8 * sum(each.length for each in self.pieces)
        return math.ceil(bits / sum(each.seconds for each in self.pieces))


def playlist_url(film: Film) -> str:
    """Return where the playlist of all sizes is, for a day, for whoever has the address."""
    token = signing.dumps([film.organization_id, film.file_id], salt=SALT)
    return f"{settings.CONTENT_URL}/h/{token}/film.m3u8"


def read_token(token: str) -> tuple[int, int]:
    """Return organization and file of a playlist. Raises BadSignature if forged or too old."""
    organization_id, file_id = signing.loads(token, salt=SALT, max_age=LIFE_SECONDS)
    return organization_id, file_id


def playable(made: Mapping[str, File]) -> dict[str, Index]:
    """Return the index of each rendition that has one, the largest first."""
    found = {key: index_of(made[key].sha256) for key in KEYS if key in made}
    return {key: index for key, index in found.items() if index}


def sizes_playlist(indexes: Mapping[str, Index]) -> str:
    """Return the playlist that names one playlist for each size."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for key, index in indexes.items():
        lines += [
            f"#EXT-X-STREAM-INF:BANDWIDTH={index.peak},AVERAGE-BANDWIDTH={index.average},"
            f'RESOLUTION={index.width}x{index.height},CODECS="{index.codecs}"',
            f"{key}.m3u8",
        ]
    return "\n".join([*lines, ""])


def pieces_playlist(file: File, index: Index) -> str:
    """Return the playlist of one rendition: its beginning, then each piece."""
    url = file_url(file)
    longest = max(each.seconds for each in index.pieces)
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{max(1, math.ceil(longest))}",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        f'#EXT-X-MAP:URI="{url}",BYTERANGE="{index.head}@0"',
    ]
    for each in index.pieces:
        lines += [f"#EXTINF:{each.seconds:.5f},", f"#EXT-X-BYTERANGE:{each.length}@{each.start}"]
        lines.append(url)
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


def index_of(sha256: str) -> Index | None:
    """Return the index that is written into a rendition, or None if it has none."""
    try:
        return _read_index(sha256)
    except OSError:
        return None


@lru_cache(maxsize=512)
def _read_index(sha256: str) -> Index | None:
    with path_of(sha256).open("rb") as stream:
        boxes = dict(_boxes(stream))
    if not {b"moov", b"sidx"} <= boxes.keys():
        return None
    (_at, moov), (at, sidx) = boxes[b"moov"], boxes[b"sidx"]
    pieces = tuple(_pieces(at, sidx))
    codecs, width, height = _look(moov)
    fine = pieces and width and all(piece.seconds for piece in pieces)
    return Index(at, pieces, codecs, width, height) if fine else None


def _boxes(stream: BinaryIO) -> Iterator[tuple[bytes, tuple[int, bytes]]]:
    """Yield name, place and content of the boxes to the first index: dict() keeps each once."""
    at = 0
    while at < MOST_HEAD_BYTES and len(head := stream.read(8)) == 8:
        size, name = struct.unpack(">I4s", head)
        if not 8 <= size <= MOST_HEAD_BYTES:
            return
        yield name, (at, stream.read(size - 8))
        if name == b"sidx":
            return
        at += size


def _pieces(at: int, sidx: bytes) -> Iterator[Piece]:
    """Yield what the index says, counted from the end of its box."""
    wide = bool(sidx[0])
    (scale,) = struct.unpack_from(">I", sidx, 8)
    _first_time, offset = struct.unpack_from(">QQ" if wide else ">II", sidx, 12)
    place = 28 if wide else 20
    (count,) = struct.unpack_from(">H", sidx, place + 2)
    start = at + 8 + len(sidx) + offset
    for number in range(count if scale else 0):
        length, ticks = struct.unpack_from(">II", sidx, place + 4 + 12 * number)
        yield Piece(start, length & 0x7FFFFFFF, ticks / scale)
        start += length & 0x7FFFFFFF


def _look(moov: bytes) -> tuple[str, int, int]:
    """Return the codecs, as RFC 6381 names them, and the size of the picture."""
    record, entry = moov.find(b"avcC"), moov.find(b"avc1")
    if record < 0 or entry < 0:
        return "", 0, 0
    picture = "avc1." + moov[record + 5 : record + 8].hex()
    width, height = struct.unpack_from(">HH", moov, entry + 28)
    sound = ",mp4a.40.2" if b"mp4a" in moov else ""
    return picture + sound, width, height
