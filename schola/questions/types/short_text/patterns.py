r"""Does what was written fit the accepted answer? `*` stands for anything, `\*` for a star.

Spaces, apostrophes, dashes and forms of the same letter make no difference; case only if asked.
"""

import re
import unicodedata

SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})


def fits(pattern: str, given: str, *, case: bool = False) -> bool:
    """Return whether all of `given` fits. Linear in both lengths, whatever was written."""
    text = folded(given, case=case)
    pieces = [folded(piece, case=case, trim=False) for piece in _pieces(pattern)]
    if len(pieces) == 1:
        return pieces[0].strip() == text
    pieces[0], pieces[-1] = pieces[0].lstrip(), pieces[-1].rstrip()
    return _in_order(pieces, text)


def _in_order(pieces: list[str], text: str) -> bool:
    first, *middle, last = pieces
    if len(text) < len(first) + len(last):
        return False
    if not text.startswith(first) or not text.endswith(last):
        return False
    start, end = len(first), len(text) - len(last)
    for piece in middle:
        found = text.find(piece, start, end)
        if found < 0:
            return False
        start = found + len(piece)
    return True


def plain(pattern: str) -> str:
    """Return a text that fits: the pattern without its wild stars."""
    return " ".join("".join(_pieces(pattern)).split()) or "…"


def folded(text: str, *, case: bool, trim: bool = True) -> str:
    text = unicodedata.normalize("NFKC", text).translate(SAME)
    text = re.sub(r"\s+", " ", text)
    if trim:
        text = text.strip()
    return text if case else unicodedata.normalize("NFKC", text.casefold())


def _pieces(pattern: str) -> list[str]:
    """Return what stands between the wild stars."""
    held = pattern.replace(r"\*", "\0")
    return [piece.replace("\0", "*") for piece in held.split("*")]
