"""How the types of files are called in sentences that people read."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Format:
    """family: what one calls it that knows no endings, or ""; endings: of names, in lower case."""

    name: str
    family: str | Promise
    endings: tuple[str, ...]


OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
TEXTS, SLIDES, TABLES = _("text"), _("slides"), _("tables")
PICTURES, VIDEOS, SOUND = _("pictures"), _("videos"), _("sound")
FORMATS = {
    "application/pdf": Format("PDF", "", ("pdf",)),
    f"{OFFICE}wordprocessingml.document": Format("DOCX", "Word", ("docx",)),
    f"{OFFICE}presentationml.presentation": Format("PPTX", SLIDES, ("pptx",)),
    f"{OPEN}presentation": Format("ODP", SLIDES, ("odp",)),
    f"{OFFICE}spreadsheetml.sheet": Format("XLSX", TABLES, ("xlsx",)),
    f"{OPEN}spreadsheet": Format("ODS", TABLES, ("ods",)),
    f"{OPEN}text": Format("ODT", TEXTS, ("odt",)),
    "application/rtf": Format("RTF", TEXTS, ("rtf",)),
    "text/plain": Format("TXT", TEXTS, ("txt",)),
    "text/vtt": Format("WebVTT", _("captions"), ("vtt",)),
    "application/zip": Format("ZIP", "", ("zip",)),
    "image/png": Format("PNG", PICTURES, ("png",)),
    "image/jpeg": Format("JPEG", PICTURES, ("jpg", "jpeg")),
    "image/gif": Format("GIF", PICTURES, ("gif",)),
    "image/webp": Format("WebP", PICTURES, ("webp",)),
    "video/mp4": Format("MP4", VIDEOS, ("mp4", "m4v")),
    "video/webm": Format("WebM", VIDEOS, ("webm",)),
    "audio/mpeg": Format("MP3", SOUND, ("mp3",)),
    "audio/mp4": Format("M4A", SOUND, ("m4a",)),
    "audio/ogg": Format("OGG", SOUND, ("ogg", "oga")),
    "audio/wave": Format("WAV", SOUND, ("wav",)),
}


def name_of(media_type: str) -> str:
    """Return how a type is called, such as "PPTX"; "" if it has no name."""
    return FORMATS[media_type].name if media_type in FORMATS else ""


def named(kinds: tuple[str, ...]) -> str:
    """Return media types and families in words: "PDF, Word (DOCX), slides (PPTX, ODP)"."""
    families: dict[str, list[str]] = {}
    for each in taken(kinds):
        families.setdefault(str(each.family) or each.name, []).append(each.name)
    return ", ".join(
        family if names == [family] else f"{family} ({', '.join(names)})"
        for family, names in families.items()
    )


def promised(file_name: str, kinds: tuple[str, ...]) -> str:
    """Return which of these kinds the ending of a name promises, such as "PPTX", or ""."""
    ending = file_name.rpartition(".")[2].lower()
    return next((each.name for each in taken(kinds) if ending in each.endings), "")


def taken(kinds: tuple[str, ...]) -> list[Format]:
    """Return the formats of media types, and of families such as "image/", in this order."""
    return [
        each
        for kind in kinds
        for media_type, each in FORMATS.items()
        if media_type.startswith(kind)
    ]
