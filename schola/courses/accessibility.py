"""Can everyone use it? What keeps somebody from a text, found in its HTML, and how it is put right.

A check is a class on `CHECKS`: `find` returns the elements that it is about, `repair` puts one
right in the tree. Sources: WCAG 2.2 and, for which checks help authors most, ATAG 2.0, part B.3.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lxml.html import HtmlElement

from schola.kernel.fragments import read_fragment, unwrap, words_of, write_fragment

Fix = Literal["", "button", "words", "words or none"]
HEADINGS = ("h2", "h3", "h4")
LONGEST_HEADING = 120  # characters; longer is a paragraph that only looks like a heading
LONGEST_LINE = 80  # of a bold paragraph that stands for a heading
SENTENCE = re.compile(r"[.,;!…]$|[=<>≈]")  # words that are stressed, or a formula: no heading
EMPTY_WORDS = re.compile(
    r"(click |read |see )?(here|this|link|more|this link|this page)|https?://\S+|www\.\S+", re.I
)
FILE_NAME = re.compile(r"\S*\.(jpe?g|png|gif|webp|svg|bmp|tiff?)|(img|dsc|image)[-_ ]?\d+", re.I)
BULLET = re.compile(r"\s*(?:([-–*•])|(\d{1,3})[.)])\s+")


@dataclass(frozen=True)
class Finding:
    """One thing that keeps somebody out.

    check  the key of the check, and n: which of its findings this is, from 0
    where  the words it is about, and field: the text of the config that holds them
    fix    "button": a machine can; "words": with words of the author; "": at `link`
    """

    check: str
    title: str
    where: str = ""
    n: int = 0
    fix: Fix = ""
    link: str = ""
    field: str = ""


@dataclass(frozen=True)
class Check:
    """repair takes the element and the author's words, and raises ValidationError without them."""

    key: str
    title: Any
    find: Callable[[HtmlElement], Iterable[HtmlElement]]
    repair: Callable[[HtmlElement, str], None]
    fix: Fix = "button"


def findings_in(html: str) -> list[Finding]:
    """Return what keeps somebody from the text, check by check, in reading order."""
    root = read_fragment(html)
    return [
        Finding(check.key, str(check.title), _where(element), n, check.fix)
        for check in CHECKS.values()
        for n, element in enumerate(check.find(root))
    ]


def repaired(html: str, key: str, n: int, words: str = "") -> str:
    """Return the text with one finding put right. Raises ValidationError if it is not there."""
    root = read_fragment(html)
    check = CHECKS.get(key)
    found = list(check.find(root)) if check else []
    if check is None or n >= len(found):
        raise ValidationError(_("This is no longer so. Look at the list again."))
    if check.fix == "words" and not words.strip():
        raise ValidationError(_("Write the words first."))
    check.repair(found[n], words.strip())
    return write_fragment(root)


def _where(element: HtmlElement) -> str:
    text = words_of(element) or element.get("alt") or element.get("src", "").rpartition("/")[2]
    return text[:80]


def pictures_without_words(root: HtmlElement) -> Iterator[HtmlElement]:
    """Pictures that nobody has described. An empty description says: only for the eye."""
    return (img for img in root.iter("img") if img.get("alt") is None)


def pictures_named_by_file(root: HtmlElement) -> Iterator[HtmlElement]:
    return (img for img in root.iter("img") if FILE_NAME.fullmatch(img.get("alt", "").strip()))


def skipped_headings(root: HtmlElement) -> Iterator[HtmlElement]:
    """Headings more than one level below the one before them."""
    before = None
    for heading in root.iter(*HEADINGS):
        if before and _level(heading) > before + 1:
            yield heading
        before = _level(heading)


def late_first_heading(root: HtmlElement) -> Iterator[HtmlElement]:
    """The first heading, if it is none of the highest level: the page itself has the first."""
    first = next(root.iter(*HEADINGS), None)
    if first is not None and first.tag != "h2":
        yield first


def long_headings(root: HtmlElement) -> Iterator[HtmlElement]:
    return (each for each in root.iter(*HEADINGS) if len(words_of(each)) > LONGEST_HEADING)


def empty_places(root: HtmlElement) -> Iterator[HtmlElement]:
    """Headings and links with nothing to read in them."""
    for each in root.iter(*HEADINGS, "a"):
        if not words_of(each) and not any(img.get("alt") for img in each.iter("img")):
            yield each


def links_that_say_nothing(root: HtmlElement) -> Iterator[HtmlElement]:
    return (link for link in root.iter("a") if EMPTY_WORDS.fullmatch(words_of(link).strip(" .:")))


def tables_without_head(root: HtmlElement) -> Iterator[HtmlElement]:
    return (table for table in root.iter("table") if next(table.iter("th"), None) is None)


def tables_without_caption(root: HtmlElement) -> Iterator[HtmlElement]:
    for table in root.iter("table"):
        figure = table.getparent() if table.getparent().tag == "figure" else None
        named = table.find("caption") is not None
        if not named and (figure is None or figure.find("figcaption") is None):
            yield table


def typed_lists(root: HtmlElement) -> Iterator[HtmlElement]:
    """The first of two or more paragraphs that begin with a dash, a dot or a number."""
    for first in root.iter("p"):
        before, after = first.getprevious(), first.getnext()
        if _is_item(first) and _is_item(after) and not _is_item(before):
            yield first


def bold_headings(root: HtmlElement) -> Iterator[HtmlElement]:
    """Short paragraphs, all bold, with text below: headings for the eye only."""
    for each in root.iter("p"):
        bold = len(each) == 1 and each[0].tag in ("strong", "b")
        alone = bold and not (each.text or "").strip() and not (each[0].tail or "").strip()
        short = len(words_of(each)) <= LONGEST_LINE and not SENTENCE.search(words_of(each))
        if alone and short and each.getnext() is not None:
            yield each


def describe(img: HtmlElement, words: str) -> None:
    img.set("alt", words)


def raise_heading(heading: HtmlElement, words: str) -> None:
    """Put the heading one level below the one before it, or to the highest."""
    root = heading.getroottree().getroot()
    before = list(root.iter(*HEADINGS))
    at = before.index(heading)
    level = _level(before[at - 1]) + 1 if at else 2
    heading.tag = f"h{min(level, 4)}"


def make_paragraph(heading: HtmlElement, words: str) -> None:
    heading.tag = "p"


def take_away(element: HtmlElement, words: str) -> None:
    element.drop_tree()


def reword(link: HtmlElement, words: str) -> None:
    for child in list(link):
        link.remove(child)
    link.text = words


def make_head(table: HtmlElement, words: str) -> None:
    """Let the first row be the head of its columns."""
    row = next(table.iter("tr"), None)
    if row is None:
        return
    for cell in row:
        cell.tag = "th"
        cell.set("scope", "col")
    head = table.makeelement("thead")
    body = row.getparent()
    head.append(row)
    if body.tag == "table":
        body.insert(0, head)
    else:
        body.addprevious(head)


def make_caption(table: HtmlElement, words: str) -> None:
    caption = table.makeelement("caption")
    caption.text = words
    table.insert(0, caption)


def make_list(first: HtmlElement, words: str) -> None:
    """Make a list of the paragraph and of those after it that look like its items."""
    items = [first]
    while _is_item(items[-1].getnext()):
        items.append(items[-1].getnext())
    numbered = bool(BULLET.match(first.text)[2])
    made = first.makeelement("ol" if numbered else "ul")
    first.addprevious(made)
    for item in items:
        item.text = item.text[BULLET.match(item.text).end() :]
        item.tag, item.tail = "li", None
        made.append(item)


def make_heading(paragraph: HtmlElement, words: str) -> None:
    """Make it a heading below those before it."""
    unwrap(paragraph[0])
    before = paragraph.xpath("preceding::h2 | preceding::h3 | preceding::h4")
    paragraph.tag = "h3" if before else "h2"


def _level(heading: HtmlElement) -> int:
    return int(heading.tag[1])


def _is_item(paragraph: HtmlElement | None) -> bool:
    if paragraph is None or paragraph.tag != "p":
        return False
    return bool(BULLET.match(paragraph.text or ""))


CHECKS: Mapping[str, Check] = {
    check.key: check
    for check in (
        Check("picture-words", gettext_lazy("Picture has no text alternative"),
              pictures_without_words, describe, "words or none"),
        Check("picture-file", gettext_lazy("Picture is described by the name of its file"),
              pictures_named_by_file, describe, "words"),
        Check("heading-first", gettext_lazy("The first heading is not of the highest level"),
              late_first_heading, raise_heading),
        Check("heading-skipped", gettext_lazy("Heading skips a level"),
              skipped_headings, raise_heading),
        Check("heading-long", gettext_lazy("A whole paragraph is a heading"),
              long_headings, make_paragraph),
        Check("empty", gettext_lazy("Heading or link without words"), empty_places, take_away),
        Check("link-words", gettext_lazy("Link does not say where it leads"),
              links_that_say_nothing, reword, "words"),
        Check("table-head", gettext_lazy("Table has no head"), tables_without_head, make_head),
        Check("table-caption", gettext_lazy("Table has no caption"),
              tables_without_caption, make_caption, "words"),
        Check("typed-list", gettext_lazy("List is typed as paragraphs"), typed_lists, make_list),
        Check("bold-heading", gettext_lazy("Bold paragraph stands for a heading"),
              bold_headings, make_heading),
    )
}  # fmt: skip
