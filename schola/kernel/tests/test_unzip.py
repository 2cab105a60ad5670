import io
import os
import stat
import struct
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from schola.kernel.files import room
from schola.kernel.unzip import ZipLimits, sweep_unpacked, unpack

SAMPLES = Path(__file__).parents[4] / "shared/samples"
SMALL = ZipLimits(entries=50, file_bytes=3_000_000, total_bytes=5_000_000)


def packed(*entries, **options):
    """Make a zip of (name or ZipInfo, bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def raw_name(name):
    """Name an entry with bytes that Python's writer would tidy up."""
    info = zipfile.ZipInfo("x")
    info.filename = name
    return info


def link():
    info = zipfile.ZipInfo("link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return packed((info, "/etc/passwd"))


def device():
    info = zipfile.ZipInfo("device")
    info.external_attr = (stat.S_IFCHR | 0o777) << 16
    return packed((info, ""))


def encrypted():
    data = bytearray(packed(("a", b"x")))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def other_local_name():
    return packed(("good.txt", b"x")).replace(b"good.txt", b"evil.txt", 1)


def lying_size():
    """An entry that says it holds ten bytes, and holds two megabytes."""
    data = bytearray(packed(("a", b"\0" * 2_000_000)))
    struct.pack_into("<L", data, 22, 10)
    struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 24, 10)
    return bytes(data)


def overlapping():
    """Two entries whose bytes are the same."""
    data = packed(("a", b"x" * 500), ("b", b"x" * 500))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    return data[: second + 42] + struct.pack("<L", 0) + data[second + 46 :]


def method(number):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", number) as archive:
        archive.writestr("a", b"x" * 100)
    return out.getvalue()


HOSTILE = [
    (packed(("../evil", b"x")), "path"),
    (packed(("a/../../evil", b"x")), "path"),
    (packed(("/etc/evil", b"x")), "path"),
    (packed(("a//b", b"x")), "path"),
    (packed(("./a", b"x")), "path"),
    (packed(("C:/evil", b"x")), "name"),
    (packed((raw_name("a\\..\\evil"), b"x")), "name"),
    (packed(("a\nb", b"x")), "name"),
    (packed(("con.txt", b"x")), "name"),
    (packed(("a/LPT1", b"x")), "name"),
    (packed(("a.", b"x")), "name"),
    (packed(("a /b", b"x")), "name"),
    (packed(("\u202etxt.exe", b"x")), "name"),
    (packed(("x" * 300, b"x")), "name"),
    (packed(("/".join("a" * 33), b"x")), "levels"),
    (packed(("A.txt", b"x"), ("a.TXT", b"y")), "twice"),
    (packed(("caf\u00e9", b"x"), ("cafe\u0301", b"y")), "twice"),
    (packed(("a", b"x"), ("a/b", b"y")), "twice"),
    (packed(("a/b", b"x"), ("A", b"y")), "twice"),
    (packed(*((f"f{n}", b"") for n in range(51))), "entries"),
    (packed(("a", b"\0" * 3_000_001)), "file_bytes"),
    (packed(("a", b"\0" * 2_900_000)), "ratio"),
    (packed(*((f"f{n}", b"x" * 999_999) for n in range(6))), "total_bytes"),
    (link(), "link"),
    (device(), "link"),
    (encrypted(), "encrypted"),
    (other_local_name(), "damaged"),
    (lying_size(), "damaged"),
    (overlapping(), "overlap"),
    (method(zipfile.ZIP_BZIP2), "method"),
    (method(zipfile.ZIP_LZMA), "method"),
    (packed(), "empty"),
    (b"", "damaged"),
    (b"PK\x03\x04 is no archive", "damaged"),
    (packed(("a", b"x" * 9999))[:60], "damaged"),
]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(("data", "fault"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_archive_is_refused_and_leaves_nothing(tmp_path, data, fault):
    (tmp_path / "in.zip").write_bytes(data)
    (tmp_path / "room").mkdir()

    with pytest.raises(ValidationError) as refused:
        unpack(tmp_path / "in.zip", tmp_path / "room" / "out", SMALL)

    assert refused.value.code == fault
    assert refused.value.messages[0].endswith(".")
    assert not list((tmp_path / "room").iterdir())


def test_an_honest_archive_is_unpacked(tmp_path):
    data = packed(("index.html", b"<p>hi"), ("bilder/Größe ü.png", b"p"), ("empty/", b""))
    (tmp_path / "in.zip").write_bytes(data)

    manifest = unpack(tmp_path / "in.zip", tmp_path / "out")

    assert set(manifest.names) == {"index.html", "bilder/Größe ü.png"}
    assert manifest.size == 6
    assert (tmp_path / "out/bilder/Größe ü.png").read_bytes() == b"p"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_what_is_unpacked_leaves_the_reserve_of_the_disk(tmp_path, settings, monkeypatch):
    settings.RESERVE_BYTES = 10_000
    disk = SimpleNamespace(free=10_000 + 1999)
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _path: disk)
    (tmp_path / "in.zip").write_bytes(packed(("a", b"x" * 1000), ("b", b"y" * 1000)))

    with pytest.raises(ValidationError, match="There is no room for this file") as refused:
        unpack(tmp_path / "in.zip", tmp_path / "out")

    assert refused.value.code == "no_room"
    assert [path.name for path in tmp_path.iterdir()] == ["in.zip"]
    disk.free += 1
    assert unpack(tmp_path / "in.zip", tmp_path / "out").size == 2000


def test_a_damaged_byte_is_found(tmp_path):
    data = bytearray(packed(("a", bytes(range(256)) * 40)))
    data[60] ^= 0xFF
    (tmp_path / "in.zip").write_bytes(data)

    with pytest.raises(ValidationError, match="damaged"):
        unpack(tmp_path / "in.zip", tmp_path / "out")


def test_what_was_half_unpacked_long_ago_is_swept_away(tmp_path, settings):
    settings.DATA = tmp_path
    names = (".0f3a-00112233", ".0f3a-44556677", "0f3a")
    old, young, whole = (tmp_path / "packages" / name for name in names)
    for folder in (old, young, whole):
        folder.mkdir(parents=True)
        (folder / "page.html").write_text("<p>")
    for folder in (old, whole):
        os.utime(folder, (0, 0))

    assert sweep_unpacked() == 1

    assert sorted((tmp_path / "packages").iterdir()) == sorted([young, whole])


def test_real_packages_are_unpacked(tmp_path):
    archives = sorted(SAMPLES.glob("*/*.zip")) + sorted(SAMPLES.glob("h5p/*.h5p"))
    if not archives:  # a clone without the samples: the packages made above test the same
        print("../shared/samples is not here: no foreign package was tried")  # noqa: T201

    for archive in archives:
        assert unpack(archive, tmp_path / archive.stem).names
