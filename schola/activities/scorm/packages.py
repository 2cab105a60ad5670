"""Packages: taken as a zip file, unpacked once, by what they are, into DATA/packages/<sha256>/."""

import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from schola.activities.scorm.manifest import read_manifest
from schola.kernel.files import MEGABYTE, Limits, declare_purpose, path_of, store
from schola.kernel.models import File
from schola.kernel.unzip import unpack

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


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack; who does the same at the same moment may be first."""
    try:
        unpack(archive, folder)
    except OSError:
        if not folder.is_dir():
            raise
