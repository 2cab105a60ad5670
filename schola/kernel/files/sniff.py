"""The type of a file, from its bytes. What the sender calls it decides nothing."""

import zipfile
from typing import BinaryIO

HEAD_BYTES = 8192
UNKNOWN = "application/octet-stream"
MOST_ENTRIES = 10_000

# Families of one container are told apart by us; the library tells the rest. What is not here is
# "application/octet-stream": stored if the purpose takes it, and only ever offered for download.
KNOWN = {
    "image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/vtt",
    "audio/mpeg", "audio/ogg", "audio/wave", "video/webm", "application/rtf",
}  # fmt: skip
SAME = {"audio/x-wav": "audio/wave", "audio/wav": "audio/wave", "image/jpg": "image/jpeg"}
OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ppt/presentation.xml": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    ),
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")


def media_type_of(stream: BinaryIO) -> str:
    """Return the media type of the bytes in a stream that can seek. The stream is left at 0."""
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if head.startswith(b"PK\x03\x04"):
        found = _in_zip(stream)
    elif head[4:8] == b"ftyp":
        found = "audio/mp4" if head[8:12] in (b"M4A ", b"M4B ") else "video/mp4"
    else:
        found = _by_signature(head) or _text(head)
    stream.seek(0)
    return found


def _by_signature(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    import puremagic  # 3 MB of signatures, and few processes need them

    try:
        guesses = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    types = (SAME.get(guess.mime_type, guess.mime_type) for guess in guesses)
    return next((name for name in types if name in KNOWN), "")


def _in_zip(stream: BinaryIO) -> str:
    """Return which office format a zip is, or that it is just a zip. Reads names only."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist()[:MOST_ENTRIES])
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                said = archive.read("mimetype").decode("ascii", "replace").strip()
                if said.startswith(OPEN_DOCUMENT) and said[len(OPEN_DOCUMENT) :].isalpha():
                    return said
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return UNKNOWN
    return next((kind for name, kind in OFFICE.items() if name in names), "application/zip")


def _text(head: bytes) -> str:
    """Return that it is plain text, unless a browser could take it for a page or a picture."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"\0" in head or not head or start.startswith(MARKUP):
        return UNKNOWN
    try:
        head[: HEAD_BYTES - 4].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 8:  # a character that the end of the head cuts is no fault
            return UNKNOWN
    return "text/plain"
