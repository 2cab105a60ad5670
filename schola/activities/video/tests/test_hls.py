"""The playlists of a film say what RFC 8216 asks for, and name bytes that play."""

import io
import re
from itertools import pairwise

import av
import pytest
from django.test import Client

from schola.activities.video import hls
from schola.activities.video.models import Film
from schola.activities.video.tests.filming import film
from schola.activities.video.transcoding import make_ready
from schola.kernel.files import derivative, path_of, store
from schola.kernel.models import File, Organization

MAP = re.compile(r'#EXT-X-MAP:URI="([^"]+)",BYTERANGE="(\d+)@0"')


@pytest.fixture
def ready(school, settings, tmp_path):
    """A film of two sizes and some seconds that was made ready."""
    settings.DATA = tmp_path
    file = store(io.BytesIO(film(1280, 720, 6)), "a film.mp4", "video")
    made = Film.objects.create(file=file)
    make_ready(film_id=made.pk)
    return Film.objects.get(pk=made.pk)


@pytest.fixture
def content():
    return Client(HTTP_HOST="content.schola.localhost")


@pytest.fixture
def fetched(ready, content, settings):
    """Return what a player gets: fetched("360p")."""

    def get(name="film"):
        url = hls.playlist_url(ready).removeprefix(settings.CONTENT_URL)
        return content.get(url.replace("film.m3u8", f"{name}.m3u8"))

    return get


def test_the_first_playlist_names_each_size_with_what_it_needs(fetched):
    answer = fetched()
    lines = answer.text.splitlines()

    assert answer["Content-Type"] == "application/vnd.apple.mpegurl"
    assert lines[:3] == ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    assert lines[4::2] == ["720p.m3u8", "360p.m3u8"]
    large, small = lines[3::2]
    assert "RESOLUTION=1280x720" in large
    assert "RESOLUTION=640x360" in small
    for line in (large, small):
        found = re.search(r"BANDWIDTH=(\d+),AVERAGE-BANDWIDTH=(\d+)", line)
        assert int(found[1]) >= int(found[2]) > 0
        assert re.search(r'CODECS="avc1\.[0-9a-f]{6},mp4a\.40\.2"$', line)


@pytest.mark.parametrize("key", ["360p", "720p"])
def test_the_pieces_are_the_whole_file_in_order_and_play(ready, fetched, key):
    rendition = derivative(ready.file, key)
    text = fetched(key).text
    head = int(MAP.search(text)[2])
    lengths = [float(each) for each in re.findall(r"#EXTINF:([\d.]+),", text)]
    ranges = [tuple(map(int, each)) for each in re.findall(r"#EXT-X-BYTERANGE:(\d+)@(\d+)", text)]

    assert len(lengths) == len(ranges) > 1
    assert sum(lengths) == pytest.approx(6, abs=0.3)
    assert max(lengths) <= int(re.search(r"TARGETDURATION:(\d+)", text)[1])
    assert all(start + size == after for (size, start), (_, after) in pairwise(ranges))
    assert sum(ranges[-1]) <= rendition.size
    assert text.endswith("#EXT-X-ENDLIST\n")
    whole = path_of(rendition.sha256).read_bytes()
    for size, start in ranges:
        piece = whole[:head] + whole[start : start + size]
        with av.open(io.BytesIO(piece)) as plays:
            assert next(plays.decode(video=0)).key_frame


def test_each_piece_is_at_a_signed_address_that_answers_ranges(fetched, content, settings):
    text = fetched("360p").text
    where, head = MAP.search(text).groups()
    addresses = {line for line in text.splitlines() if line and not line.startswith("#")}

    assert addresses == {where}
    path = where.removeprefix(settings.CONTENT_URL)
    part = content.get(path, headers={"Range": f"bytes=0-{int(head) - 1}"})
    assert part.status_code == 206
    assert part["Access-Control-Allow-Origin"] == settings.SITE_URL
    assert b"moov" in b"".join(part.streaming_content)
    seal = path.split("/")[3]
    assert content.get(path.replace(seal, seal[:-1] + "A")).status_code == 404


@pytest.mark.parametrize("host", [None, "schola.localhost", "films.example.net"])
def test_a_film_is_read_by_pages_of_its_own_school_whoever_asks(
    host, school, fetched, content, settings
):
    Organization.objects.filter(pk=school.pk).update(host=host)
    Organization.objects.create(name="The one at the address of the site")
    own = f"http://{host or 'schola.localhost'}:8000"

    playlist = fetched("360p")
    piece = content.get(
        MAP.search(playlist.text)[1].removeprefix(settings.CONTENT_URL),
        headers={"Origin": "https://evil.example"},
    )

    for answer in (playlist, piece):
        assert answer["Access-Control-Allow-Origin"] == own
        assert "Origin" not in answer.get("Vary", "")
        elsewhere = host == "films.example.net"
        assert (answer["Cross-Origin-Resource-Policy"] == "cross-origin") == elsewhere


def test_a_forged_an_old_and_a_foreign_address_are_not_there(
    ready, fetched, content, client, settings, monkeypatch
):
    path = hls.playlist_url(ready).removeprefix(settings.CONTENT_URL)

    assert content.get(path.replace("/h/", "/h/x")).status_code == 404
    assert fetched("audio").status_code == 404
    assert client.get(path).status_code == 404
    monkeypatch.setattr(hls, "LIFE_SECONDS", -1)
    assert content.get(path).status_code == 404


def test_a_file_without_an_index_has_no_playlist(ready, fetched):
    File.objects.exclude(source=None).update(sha256=ready.file.sha256)

    assert hls.index_of(ready.file.sha256) is None
    assert fetched().status_code == 404


@pytest.mark.parametrize("damage", [b"", b"\0\0\0\x08ftyp", b"\xff" * 40])
def test_what_is_no_rendition_has_no_index(school, settings, tmp_path, damage):
    settings.DATA = tmp_path
    folder = tmp_path / "files" / "ab"
    folder.mkdir(parents=True)
    (folder / "cd").write_bytes(damage)

    assert hls.index_of("abcd") is None
    assert hls.index_of("ffff") is None
