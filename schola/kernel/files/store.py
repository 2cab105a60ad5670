"""Where the bytes lie: DATA/files/ab/cdef…, each once, named by its sha256.

Bytes are written beside, made durable, then moved to their name, and only then is the row
written. So a row never points to nothing; bytes without a row are swept away after a day.
"""

import fcntl
import hashlib
import os
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from schola.kernel import clock
from schola.kernel.files.purposes import Limits, purposes
from schola.kernel.files.room import full, room
from schola.kernel.files.sniff import media_type_of
from schola.kernel.models import File
from schola.kernel.tenants import everywhere

CHUNK_BYTES = 1 << 18
SPARED_SECONDS = 24 * 3600  # younger bytes may belong to a transaction that is not committed yet
NAME_LENGTH = 200
MOST_AT_ONCE = 500  # digests that one query asks for


class Kept(NamedTuple):
    """Bytes that lie in the store."""

    sha256: str
    size: int
    media_type: str


def store(stream: BinaryIO, name: str, purpose: str, limits: Limits | None = None) -> File:
    """Keep the bytes of a stream and return the file, written in the caller's transaction.

    limits  those of the purpose, unless given
    Raises ValidationError if the file is empty, too large, of a kind that is not taken, or, with
    the code "no_room", if it would use up the reserve of the disk.
    """
    limits = limits or purposes[purpose].limits
    kept = _keep(stream, name, limits)
    return _write(kept, name, purpose, {})


def derive(source: File, key: str, stream: BinaryIO, limits: Limits | None = None) -> File:
    """Keep a file made from another, such as its "poster". Deriving again replaces it."""
    kept = _keep(stream, source.name, limits or Limits(max_bytes=10**12))
    with transaction.atomic():
        File.objects.filter(source=source, key=key).delete()
        return _write(kept, source.name, source.purpose, {"source": source, "key": key})


def derivative(source: File, key: str) -> File | None:
    """Return what was made from a file under this key, or None if it is not there yet."""
    return File.objects.filter(source=source, key=key).first()


def path_of(sha256: str) -> Path:
    """Return where the bytes lie. Read them, never write there."""
    return root() / sha256[:2] / sha256[2:]


def root() -> Path:
    return Path(settings.DATA) / "files"


def safe_name(name: str) -> str:
    """Return the sender's name for a file, fit to be shown and offered: never used as a path."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    clean = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(". ")
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending) > 10:
        return clean[:NAME_LENGTH] or "file"
    return f"{stem[: NAME_LENGTH - len(ending) - 1]}.{ending}"


@everywhere()
def sweep() -> int:
    """Delete the bytes that no file of any organization uses any more; return how many."""
    old, gone = time.time() - SPARED_SECONDS, 0
    for folder in sorted(root().glob("[0-9a-f][0-9a-f]")):
        aged = {folder.name + path.name: path for path in folder.iterdir() if _changed(path) < old}
        for sha256 in unused(aged):
            gone += _drop(aged[sha256], old)
    for left in (root() / "tmp").glob("*"):
        if _changed(left) < old:
            left.unlink(missing_ok=True)
    return gone


@everywhere()
def unused(digests: Iterable[str]) -> set[str]:
    """Return those of these digests that no file of any organization has."""
    wanted = list(digests)
    used: set[str] = set()
    for at in range(0, len(wanted), MOST_AT_ONCE):
        rows = File.objects.across().filter(sha256__in=wanted[at : at + MOST_AT_ONCE])
        used.update(rows.values_list("sha256", flat=True))
    return set(wanted) - used


def _keep(stream: BinaryIO, name: str, limits: Limits) -> Kept:
    temporary = _folder(root() / "tmp") / uuid4().hex
    try:
        sha256, size = _copy(stream, temporary, limits, room())
        with temporary.open("rb") as written:
            media_type = media_type_of(written)
        limits.check_type(media_type, name)
        _settle(temporary, path_of(sha256))
    finally:
        temporary.unlink(missing_ok=True)
    return Kept(sha256, size, media_type)


def _write(kept: Kept, name: str, purpose: str, more: dict[str, object]) -> File:
    return File.objects.create(
        **kept._asdict(),
        name=safe_name(name),
        purpose=purpose,
        created_at=clock.now(),
        **more,
    )


def _copy(stream: BinaryIO, to: Path, limits: Limits, most: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with to.open("xb") as out:
        while chunk := stream.read(CHUNK_BYTES):
            size += len(chunk)
            if size > limits.max_bytes:
                break
            if size > most:
                raise full()
            digest.update(chunk)
            out.write(chunk)
        limits.check_size(size)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest(), size


def _settle(temporary: Path, final: Path) -> None:
    """Move the bytes to their name; if they are there already, say that they are wanted."""
    folder = _folder(final.parent)
    with _locked(fcntl.LOCK_SH):
        if final.exists():
            os.utime(final)
            return
        temporary.chmod(0o440)
        temporary.rename(final)
        sync_folder(folder)


def _drop(path: Path, old: float) -> bool:
    """Delete bytes unless somebody has just stored the same again."""
    with _locked(fcntl.LOCK_EX):
        if _changed(path) >= old:
            return False
        path.unlink()
        return True


def _changed(path: Path) -> float:
    """Return when bytes were stored or wanted again; now, if somebody else has deleted them."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return time.time()


@contextmanager
def _locked(how: int) -> Iterator[None]:
    with (_folder(root()) / ".lock").open("a") as lock:
        fcntl.flock(lock, how)
        yield


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
