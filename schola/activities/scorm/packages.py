"""Packages: taken as a zip file, unpacked once, by what they are, into DATA/packages/<sha256>/."""

import os
import shutil
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from schola.activities.scorm.manifest import read_manifest
from schola.kernel.files import MEGABYTE, Limits, declare_purpose, path_of, store, unused
from schola.kernel.jobs import every, job
from schola.kernel.models import File
from schola.kernel.unzip import SPARED_SECONDS, unpack

PURPOSE = "package"
declare_purpose(PURPOSE, Limits(200 * MEGABYTE, ("application/zip",)), "activity.edit")


def take_package(stream: BinaryIO, name: str) -> dict[str, Any]:
    """Keep a package and return the config of its activity. See `unpack_package`."""
    return unpack_package(store(stream, name, PURPOSE))


def unpack_package(file: File) -> dict[str, Any]:
    """Unpack a stored package, if it is not there yet, and return the config of its activity.

    Raises ValidationError with what to do if it cannot be unpacked or has no usable manifest.
    """
    folder = folder_of(file.sha256)
    was_there = folder.is_dir()
    if was_there:
        os.utime(folder)  # wanted again: see free_packages
    else:
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
@job(tries=3)
def free_packages() -> None:
    """Delete unpacked packages, a day old, whose zip no file of any organization is any more."""
    old = time.time() - SPARED_SECONDS
    aged = {path.name: path for path in folder_of("").glob("[0-9a-f]*") if _changed(path) < old}
    for sha256 in unused(aged):
        if _changed(aged[sha256]) < old:
            shutil.rmtree(aged[sha256], ignore_errors=True)


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
