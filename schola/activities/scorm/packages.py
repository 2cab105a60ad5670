"""Packages: taken as a zip file, unpacked once, by what they are, into DATA/packages/<sha256>/."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from schola.activities.scorm.manifest import read_manifest
from schola.kernel.files import MEGABYTE, Limits, declare_purpose, path_of, store, unused
from schola.kernel.jobs import every, job
from schola.kernel.models import File
from schola.kernel.unzip import SPARED_SECONDS, unpack

PURPOSE = "package"
declare_purpose(PURPOSE, Limits(200 * MEGABYTE, ("application/zip",)), "activity.edit")


def take_package(stream: BinaryIO, name: str) -> dict[str, Any]:
    """Keep a package and return the config of its activity. See `unpack_package`.

    Of one that cannot be unpacked nothing is kept.
    """
    file = store(stream, name, PURPOSE)
    try:
        return unpack_package(file)
    except ValidationError:
        file.delete()
        raise


def unpack_package(file: File) -> dict[str, Any]:
    """Unpack a stored package, if it is not there yet, and return the config of its activity.

    Raises ValidationError with what to do if it cannot be unpacked, has no usable manifest, or,
    with the code "no_room", would use up the reserve of the disk.
    """
    folder = folder_of(file.sha256)
    was_there = _wanted_again(folder)
    if not was_there:
        _unpack(path_of(file.sha256), folder)
    try:
        found = asdict(read_manifest(folder))
    except Exception:
        if not was_there:
            shutil.rmtree(folder)
        raise
    return {"package": file.sha256, **found}


def folder_of(sha256: str) -> Path:
    """Return where a package is unpacked."""
    return Path(settings.DATA) / "packages" / sha256


def page_of(sha256: str, name: str) -> Path | None:
    """Return a file of an unpacked package, or None if it has no such file."""
    folder = folder_of(sha256).resolve()
    path = (folder / name.replace("\0", "")).resolve()
    return path if path.is_relative_to(folder) and path.is_file() else None


@every("51 3 * * *")
@job(label=gettext_lazy("Unpacked packages that nothing names deleted"), tries=3)
def free_packages() -> None:
    """Delete unpacked packages, a day old, whose zip no file of any organization is any more."""
    old = time.time() - SPARED_SECONDS
    aged = {path.name: path for path in folder_of("").glob("[0-9a-f]*") if _changed(path) < old}
    for sha256 in unused(aged):
        if going := _moved_aside(aged[sha256], old):
            shutil.rmtree(going, ignore_errors=True)


def _wanted_again(folder: Path) -> bool:
    """Tell whether a package is unpacked; if so, say that it is not to be freed for a day."""
    with _locked(fcntl.LOCK_SH):
        if not folder.is_dir():
            return False
        os.utime(folder)
        return True


def _moved_aside(folder: Path, old: float) -> Path | None:
    """Rename the folder, unless somebody wants it again; return where it is now.

    What is left there by a crash goes by `sweep_unpacked`.
    """
    aside = folder.with_name(f".{folder.name}-{uuid4().hex[:8]}")
    with _locked(fcntl.LOCK_EX):
        return folder.rename(aside) if _changed(folder) < old else None


@contextmanager
def _locked(how: int) -> Iterator[None]:
    packages = folder_of("")
    packages.mkdir(parents=True, exist_ok=True)
    number = os.open(packages, os.O_RDONLY)
    try:
        fcntl.flock(number, how)
        yield
    finally:
        os.close(number)


def _changed(folder: Path) -> float:
    """Return when a folder was unpacked or wanted again; now, if it is gone."""
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return time.time()


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack; who does the same at the same moment may be first."""
    try:
        unpack(archive, folder)
    except OSError:
        if not folder.is_dir():
            raise
