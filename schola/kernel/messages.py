"""The words of the interface in other languages: found, kept as catalogues, compiled.

`schola messages` finds every translatable word in the sources and brings `locale/django.pot` and
the catalogues of the languages up to date. Building the assets compiles them, together with two
pseudo-languages that show what is not translatable: en-XA is longer and accented, ar-XB runs from
right to left. Both are made from the template by rule, so nobody has to keep them.
"""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

LOCALE = Path(settings.LOCALE_PATHS[0])
TEMPLATE = LOCALE / "django.pot"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLURALS = ("ngettext", "ngettext_lazy", "npgettext")
IN_CONTEXT = ("pgettext", "npgettext")
NOT_SHOWN = ("tests", "locale", "migrations")
# What a translation must leave as it is: placeholders, tags, entities, addresses of marks.
KEPT = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*\}|<[^>]+>|&\w+;")
ACCENTED = str.maketrans("aeiouycnsAEIOUYCNS", "àéîöûýçñšÀÉÎÖÛÝÇÑŠ")
LONGER = 0.4  # how much longer than English other languages are, as a rule of thumb
Change = Callable[[str], str]
RIGHT_TO_LEFT, BACK = "\u202e", "\u202c"


class Found(NamedTuple):
    """A message in the sources: one text, or singular and plural."""

    path: str
    line: int
    message: str | tuple[str, str]
    context: str | None


def template() -> Catalog:
    """Return every message of the sources, each with the places where it stands."""
    catalog = Catalog()
    for found in sorted(_messages(), key=lambda each: (each.path, each.line)):
        catalog.add(found.message, locations=[(found.path, 0)], context=found.context)
    return catalog


def bring_up_to_date() -> None:
    """Write the template, and let each catalogue have its messages, new ones empty."""
    found = template()
    LOCALE.mkdir(exist_ok=True)
    _write(TEMPLATE, found)
    for path in catalogues():
        catalog = read_catalogue(path)
        catalog.update(found, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        _write(path, catalog)


def compile_all() -> None:
    """Write what Django reads (.mo): of each language, and of the pseudo-languages."""
    for path in catalogues():
        _compile(path.with_suffix(".mo"), read_catalogue(path))
    for name, change in (("en_XA", lengthened), ("ar_XB", mirrored)):
        catalog = pseudo(read_catalogue(TEMPLATE), change)
        _compile(LOCALE / name / "LC_MESSAGES" / "django.mo", catalog)


def catalogues() -> list[Path]:
    """Return the catalogues of real languages."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def read_catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=None if path == TEMPLATE else path.parts[-3])


def pseudo(source: Catalog, change: Change) -> Catalog:
    """Return a catalogue that says every message changed by rule."""
    catalog = Catalog(locale="en", charset="utf-8")
    for message in source:
        if message.id:
            texts = message.id if isinstance(message.id, tuple) else (message.id,)
            said = tuple(change(text) for text in texts)
            string = said if isinstance(message.id, tuple) else said[0]
            catalog.add(message.id, string, context=message.context)
    return catalog


def lengthened(text: str) -> str:
    """Return the text accented, two fifths longer and in brackets; placeholders stay."""
    longer = "·" * max(1, round(LONGER * len(KEPT.sub("", text))))
    return f"[{_but_kept(text, lambda part: part.translate(ACCENTED))}{longer}]"


def mirrored(text: str) -> str:
    """Return the text to be shown from right to left; placeholders stay."""
    return _but_kept(text, lambda part: f"{RIGHT_TO_LEFT}{part}{BACK}" if part.strip() else part)


def _but_kept(text: str, change: Change) -> str:
    parts, at = [], 0
    for kept in KEPT.finditer(text):
        parts += [change(text[at : kept.start()]), kept.group()]
        at = kept.end()
    return "".join([*parts, change(text[at:])])


def _messages() -> Iterator[Found]:
    root = Path(settings.BASE)
    for path in sorted(root.rglob("*")):
        if path.suffix not in (".py", ".html") or set(path.parts) & set(NOT_SHOWN):
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            # Django turns a template into something like Python; only its margins are in the way.
            lines = templatize(source, origin=str(path)).splitlines()
            source = "\n".join(line.lstrip() for line in lines)
        name = path.relative_to(root.parent).as_posix()
        yield from _in_python(source, name)


def _in_python(source: str, name: str) -> Iterator[Found]:
    words = KEYWORDS.keys()
    for line, keyword, said, _comments in extract_python(
        io.BytesIO(source.encode()), words, [], {"encoding": "utf-8"}
    ):
        texts = said if isinstance(said, tuple) else (said,)
        context = texts[0] if keyword in IN_CONTEXT else None
        texts = [text for text in (texts[1:] if context else texts) if text]
        if keyword in PLURALS:
            yield Found(name, line, (texts[0], texts[1]), context)
        elif texts:
            yield Found(name, line, texts[0], context)


def _write(path: Path, catalog: Catalog) -> None:
    with path.open("wb") as file:
        write_po(file, catalog, width=96, omit_header=path == TEMPLATE, include_lineno=False)


def _compile(path: Path, catalog: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_mo(file, catalog)
