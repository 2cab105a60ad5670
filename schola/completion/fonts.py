"""The fonts of PDF files, in the order in which a character is looked for."""

from pathlib import Path

from django.conf import settings

FAMILIES = (
    "Atkinson Hyperlegible Next",
    "Atkinson Hyperlegible Next Ext",
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans SC",
    "Noto Sans JP",
    "Noto Sans KR",
    "Noto Sans Thai",
    "Libertinus Serif",
)
UNPACKED = Path(settings.BASE) / "assets" / "vendor" / "fonts" / "pdf"


def font_folder() -> Path | None:
    """Return where the asset build has put the fonts; None: typst's own have to do."""
    return UNPACKED if UNPACKED.is_dir() else None
