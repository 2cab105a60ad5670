"""Fonts for PDF files: typst reads variable TrueType, npm has WOFF2 in subsets."""

from pathlib import Path

NAME_IDS = (1, 4, 16)


def unpack_fonts(source: Path, target: Path) -> list[Path]:
    """Write every .woff2 below source as .ttf into target, for the asset build. Repeatable.

    The subset latin-ext becomes a family of its own ("… Ext"): typst picks one file per family.
    Needs fonttools and brotli.
    """
    target.mkdir(parents=True, exist_ok=True)
    return [_unpack(path, target) for path in sorted(source.rglob("*.woff2"))]


def _unpack(path: Path, target: Path) -> Path:
    from fontTools.ttLib import TTFont

    font = TTFont(path)
    font.flavor = None
    if "latin-ext" in path.name:
        for name in font["name"].names:
            if name.nameID in NAME_IDS:
                name.string = f"{name.toUnicode()} Ext"
    made = target / f"{path.stem}.ttf"
    font.save(made)
    return made
