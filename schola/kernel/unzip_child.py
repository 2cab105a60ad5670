"""Unpacks one archive, in a process of its own that may use little memory, time and disk.

    python -I unzip_child.py <archive> <empty folder> <limits as JSON>

The limits have "room", too: how many bytes may be written on this disk.
Prints {"names": [...], "bytes": n} or {"fault": code, "name": the entry}. Knows only the standard
library. What it refuses, and why: docs of kernel/unzip.py.
"""

import errno
import json
import os
import re
import resource
import stat
import sys
import unicodedata
import zipfile
import zlib
from pathlib import Path
from typing import Any

CHUNK_BYTES = 1 << 16
RATIO_FROM_BYTES = 1_000_000
ENCRYPTED = 0x1
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
BAD_CHARACTERS = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
LOCAL_HEADER_BYTES = 30
NO_ROOM = "no_room"
FULL = (errno.ENOSPC, errno.EDQUOT)


class Refused(Exception):
    def __init__(self, fault: str, name: str = "") -> None:
        super().__init__(fault)
        self.fault, self.name = fault, name


def main(archive: str, into: str, limits: dict[str, int]) -> dict[str, Any]:
    _bound(limits)
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = _checked(opened, limits)
            size = _unpack(opened, entries, Path(into), limits)
    except Refused as refused:
        return {"fault": refused.fault, "name": refused.name[:200]}
    except NotImplementedError:
        return {"fault": "method", "name": ""}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, KeyError):
        return {"fault": "damaged", "name": ""}
    except (MemoryError, RecursionError):
        return {"fault": "memory", "name": ""}
    except OSError as error:
        if error.errno not in FULL:
            raise
        return {"fault": NO_ROOM, "name": ""}
    return {"names": [e.filename for e in entries if not e.is_dir()], "bytes": size}


def _bound(limits: dict[str, int]) -> None:
    for what, most in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_FSIZE, limits["file_bytes"] + CHUNK_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _checked(opened: zipfile.ZipFile, limits: dict[str, int]) -> list[zipfile.ZipInfo]:
    """Return the entries if each of them, and all together, may be unpacked."""
    entries = opened.infolist()
    if len(entries) > limits["entries"]:
        raise Refused("entries")
    if not entries:
        raise Refused("empty")
    seen: dict[str, bool] = {}
    for entry in entries:
        _check_name(entry, limits["levels"])
        _check_kind(entry)
        _check_size(entry, limits)
        _check_unique(entry, seen)
    _check_no_overlap(entries)
    size = sum(entry.file_size for entry in entries)
    if size > limits["total_bytes"]:
        raise Refused("total_bytes")
    if size > limits["room"]:
        raise Refused(NO_ROOM)
    return entries


def _check_name(entry: zipfile.ZipInfo, levels: int) -> None:
    name = entry.filename
    parts = name.removesuffix("/").split("/")
    if entry.orig_filename != name or BAD_CHARACTERS.search(name) or len(name.encode()) > 1000:
        raise Refused("name", name)
    if name.startswith("/") or any(part in ("", ".", "..") for part in parts):
        raise Refused("path", name)
    if len(parts) > levels:
        raise Refused("levels", name)
    if any(_odd(part) for part in parts):
        raise Refused("name", name)


def _odd(part: str) -> bool:
    return bool(RESERVED.fullmatch(part)) or part[-1] in ". " or len(part.encode()) > 250


def _check_kind(entry: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Refused("link", entry.filename)
    if entry.flag_bits & ENCRYPTED:
        raise Refused("encrypted", entry.filename)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("method", entry.filename)


def _check_size(entry: zipfile.ZipInfo, limits: dict[str, int]) -> None:
    if entry.file_size > limits["file_bytes"]:
        raise Refused("file_bytes", entry.filename)
    if entry.file_size > max(RATIO_FROM_BYTES, entry.compress_size * limits["ratio"]):
        raise Refused("ratio", entry.filename)
    if entry.is_dir() and entry.file_size:
        raise Refused("damaged", entry.filename)


def _check_unique(entry: zipfile.ZipInfo, seen: dict[str, bool]) -> None:
    """Refuse two entries that some disk would take for one, and a file that is also a folder."""
    path = unicodedata.normalize("NFC", unicodedata.normalize("NFC", entry.filename).casefold())
    path = path.removesuffix("/")
    if path in seen and not (entry.is_dir() and seen[path]):
        raise Refused("twice", entry.filename)
    seen[path] = entry.is_dir()
    while "/" in path:
        path = path.rpartition("/")[0]
        if not seen.setdefault(path, True):
            raise Refused("twice", entry.filename)


def _check_no_overlap(entries: list[zipfile.ZipInfo]) -> None:
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Refused("overlap", entry.filename)
        name = len(entry.orig_filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437"))
        end = entry.header_offset + LOCAL_HEADER_BYTES + name + entry.compress_size


def _unpack(
    opened: zipfile.ZipFile, entries: list[zipfile.ZipInfo], into: Path, limits: dict[str, int]
) -> int:
    total = 0
    for entry in entries:
        target = into.joinpath(*entry.filename.removesuffix("/").split("/"))
        if entry.is_dir():
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        total += _write(opened, entry, target, limits, total)
    return total


def _write(
    opened: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    target: Path,
    limits: dict[str, int],
    so_far: int,
) -> int:
    """Write one file, counting its real bytes: what the archive says of them may be a lie."""
    size, allowed = 0, max(RATIO_FROM_BYTES, entry.compress_size * limits["ratio"])
    with opened.open(entry) as source, target.open("xb") as out:
        while chunk := source.read(CHUNK_BYTES):
            size += len(chunk)
            if size > limits["file_bytes"]:
                raise Refused("file_bytes", entry.filename)
            if size > allowed:
                raise Refused("ratio", entry.filename)
            if so_far + size > limits["total_bytes"]:
                raise Refused("total_bytes", entry.filename)
            if so_far + size > limits["room"]:
                raise Refused(NO_ROOM)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return size


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))))
