"""The one sanitiser of HTML: what people write is cleaned when it is stored.

A policy is an allow-list for one purpose. Links to other places get rel="noopener nofollow";
there is no style, no script, no handler, no form, no frame.
"""

import re
from dataclasses import dataclass

import nh3

VERSION = 2  # rises when a policy changes, so that stored HTML can be cleaned anew

TEXT = {"p", "br", "hr", "strong", "b", "em", "i", "u", "s", "code", "pre", "sub", "sup", "mark",
        "blockquote", "ul", "ol", "li", "a", "abbr", "kbd", "dfn", "q", "span", "bdi"}  # fmt: skip
STRUCTURE = {"h2", "h3", "h4", "figure", "figcaption", "img", "table", "caption", "thead",
             "tbody", "tfoot", "tr", "th", "td", "dl", "dt", "dd", "details", "summary",
             "aside", "section"}  # fmt: skip
MATH = {"math", "mrow",
        "mi", "mn", "mo", "mtext", "mspace", "ms", "mfrac", "msqrt", "mroot",
        "mstyle", "merror", "mpadded", "mphantom", "msub", "msup", "msubsup", "munder",
        "mover",
        "munderover", "mmultiscripts", "mprescripts", "mtable", "mtr", "mtd",
        "semantics"}  # fmt: skip
ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
    "math": {"display", "alttext"},
    "mo": {"stretchy", "fence", "separator"},
    "mspace": {"width"},
}
MEDIA = re.compile(r"media:([0-9a-f]{64})/[^\"'<>\s]+")  # a picture by its bytes, and its name


@dataclass(frozen=True)
class Policy:
    tags: frozenset[str]
    classes: frozenset[str] = frozenset()


POLICIES = {
    "page": Policy(frozenset(TEXT | STRUCTURE | MATH), frozenset({"note", "key", "warn", "ok"})),
    "comment": Policy(frozenset(TEXT)),
}


def clean_html(html: str, purpose: str) -> str:
    """Return the HTML with only what the policy of the purpose allows. Cleaning twice is once."""
    policy = POLICIES[purpose]
    boxes = {tag: set(policy.classes) for tag in ("aside", "p") if policy.classes}
    attributes = {
        tag: set(names) for tag, names in ATTRIBUTES.items() if tag == "*" or tag in policy.tags
    }
    return nh3.clean(
        without_controls(html),
        tags=set(policy.tags),
        attributes=attributes,
        allowed_classes=boxes,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel", "media"},
        link_rel="noopener nofollow",
        strip_comments=True,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Let `media:` name a stored picture, and nothing else."""
    if not value.lstrip().lower().startswith("media:"):
        return value
    return value if tag == "img" and MEDIA.fullmatch(value) else None


def plain_text(html: str) -> str:
    """Return the words of the HTML, for search and previews."""
    spaced = re.sub(r"</(p|li|h\d|td|th|div|dt|dd|figcaption|caption)>|<[bh]r\s*/?>", " ", html)
    bare = nh3.clean(spaced, tags=set())
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&")):
        bare = bare.replace(entity, character)
    return " ".join(bare.split())


def without_controls(html: str) -> str:
    """Return the text without characters that no document may hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", html)
