"""The one way to unpack a zip archive that somebody sent (D21).

Central and local names equal, none twice for any disk, no path that leads out, no link, no
password, no odd method, no overlap, no bomb; real bytes are counted, and the reserve of the disk
stays free; all of it in a child process with limits, into a folder beside, which is then moved to
its name: all is there, or nothing.
"""

import json
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from schola.kernel.files.room import NO_ROOM, full, room

CHILD = Path(__file__).with_name("unzip_child.py")
SPARED_SECONDS = 24 * 3600  # younger folders may still be filled


@dataclass(frozen=True)
class ZipLimits:
    """What an archive may hold, and what unpacking it may use."""

    entries: int = 5_000
    file_bytes: int = 100_000_000
    total_bytes: int = 500_000_000
    ratio: int = 100  # of an entry's real to its packed size, once it has a megabyte
    levels: int = 32
    memory: int = 400_000_000
    seconds: int = 60


@dataclass(frozen=True)
class Manifest:
    """names: of the files, as paths below the folder. size: of all together, in bytes."""

    names: tuple[str, ...]
    size: int


FAULTS = {
    "damaged": gettext_lazy(
        "This is no zip file, or it is damaged. Make it anew and send it again."
    ),
    "empty": gettext_lazy("This zip file is empty. Put the files into it and send it again."),
    "entries": gettext_lazy("This zip file holds more than %(entries)s files. Send fewer."),
    "file_bytes": gettext_lazy("A file in this zip file is too large: %(name)s."),
    "total_bytes": gettext_lazy("The files in this zip file are too large together. Send fewer."),
    "ratio": gettext_lazy("A file in this zip file unpacks to far more than it is: %(name)s."),
    "levels": gettext_lazy("The folders in this zip file are nested too deep: %(name)s."),
    "name": gettext_lazy("A file in this zip file has a name that is not allowed: %(name)s."),
    "path": gettext_lazy("A file in this zip file would be unpacked elsewhere: %(name)s."),
    "twice": gettext_lazy("A file is in this zip file twice: %(name)s. Remove one of them."),
    "overlap": gettext_lazy(
        "The files in this zip file lie in one another: %(name)s. Make it anew."
    ),
    "link": gettext_lazy("This zip file holds a link: %(name)s. Put the file itself into it."),
    "encrypted": gettext_lazy("This zip file has a password. Make it anew without one."),
    "method": gettext_lazy("This zip file is packed in an unusual way. Make an ordinary zip file."),
    "memory": gettext_lazy("Unpacking this zip file takes too much memory. Make it smaller."),
    "time": gettext_lazy("Unpacking this zip file takes too long. Make it smaller."),
}


def unpack(archive: Path, into: Path, limits: ZipLimits | None = None) -> Manifest:
    """Unpack an archive into a folder that does not exist yet, whole or not at all.

    Raises ValidationError with a sentence that names the fault and, where there is one, the entry;
    `code` is the fault's key; "no_room" if it would use up the reserve of the disk.
    """
    limits = limits or ZipLimits()
    beside = into.with_name(f".{into.name}-{uuid4().hex[:8]}")
    beside.mkdir(parents=True)
    try:
        told = _run_child(archive, beside, limits)
        if told.get("fault") == NO_ROOM:
            raise full()
        if fault := told.get("fault"):
            words = {**asdict(limits), "name": told.get("name", "")}
            raise ValidationError(str(FAULTS[fault]) % words, code=fault)
        beside.rename(into)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Manifest(tuple(told["names"]), told["bytes"])


def sweep_unpacked() -> int:
    """Delete what was half unpacked when its process was killed, a day ago; return how many."""
    old = time.time() - SPARED_SECONDS
    gone = 0
    for beside in Path(settings.DATA).glob(f"*/.*-{8 * '[0-9a-f]'}"):
        if beside.is_dir() and beside.stat().st_mtime < old:
            shutil.rmtree(beside, ignore_errors=True)
            gone += 1
    return gone


def _run_child(archive: Path, into: Path, limits: ZipLimits) -> dict:
    command = [sys.executable, "-I", str(CHILD), str(archive), str(into)]
    command.append(json.dumps(asdict(limits) | {"room": room()}))
    try:
        done = subprocess.run(command, capture_output=True, timeout=2 * limits.seconds, check=False)
    except subprocess.TimeoutExpired:
        return {"fault": "time"}
    if done.returncode < 0:
        return {"fault": "time"}  # killed by a limit: of time, most likely
    try:
        return json.loads(done.stdout)
    except ValueError as error:
        if b"MemoryError" in done.stderr:
            return {"fault": "memory"}
        raise OSError(done.stderr.decode(errors="replace")[-2000:]) from error
