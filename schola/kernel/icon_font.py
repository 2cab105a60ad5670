"""The icons of the rich text editor: its font with only the icons that it names, for the build."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"


def take_named_icons(font: Path, script: Path, target: Path) -> None:
    """Write the font with the icons whose names stand in the script. Needs fonttools and brotli."""
    from fontTools import subset

    options = subset.Options(flavor="woff2", layout_closure=False, layout_features=["*"])
    whole = subset.load_font(font, options)
    words = script.read_text(encoding="utf-8")
    named = [
        glyph
        for name, glyph in _ligatures(whole)
        if any(f"{quote}{name}{quote}" in words for quote in "\"'`")
    ]
    chosen = subset.Subsetter(options)
    chosen.populate(glyphs=named, text=LETTERS)
    chosen.subset(whole)
    target.parent.mkdir(parents=True, exist_ok=True)
    subset.save_font(whole, str(target), options)


def _ligatures(font: Any) -> Iterator[tuple[str, str]]:
    """Yield each icon's name, as it is typed, and its glyph."""
    typed = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            for first, ligatures in getattr(table, "ligatures", {}).items():
                for each in ligatures:
                    name = "".join(typed.get(part, "?") for part in (first, *each.Component))
                    yield name, each.LigGlyph
