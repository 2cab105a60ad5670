"""The one reader of XML that somebody sent (D22): small, flat, without DTD and entities of its own.

Nothing outside the document is ever loaded. Namespaces are kept: ask for "{uri}name".
"""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lxml import etree

CHUNK_BYTES = 4096
ENCODINGS = re.compile(
    rb"<\?xml[^>]*?encoding\s*=\s*[\"'](?!(utf-?8|utf-?16(le|be)?|us-ascii|ascii"
    rb"|iso-8859-1|iso-8859-15|windows-1252)[\"'])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class XmlLimits:
    """What a document may hold."""

    max_bytes: int = 2_000_000
    depth: int = 64
    attributes: int = 64
    elements: int = 100_000


def read_xml(data: bytes, limits: XmlLimits | None = None) -> etree._Element:
    """Return the root of a document. Raises ValidationError that names the fault and its line.

    It is fed in small pieces and each is checked, so that a bad document ends early.
    """
    limits = limits or XmlLimits()
    _check_bytes(data, limits)
    parser = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
        dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    watch = _Watch(limits)
    try:
        for start in range(0, len(data), CHUNK_BYTES):
            parser.feed(data[start : start + CHUNK_BYTES])
            watch.see(parser)
        return parser.close()
    except etree.XMLSyntaxError as error:
        raise ValidationError(
            _("This XML document is damaged at line %(line)s: %(words)s")
            % {"line": error.lineno or 1, "words": (error.msg or "")[:200]}
        ) from error


def _check_bytes(data: bytes, limits: XmlLimits) -> None:
    if len(data) > limits.max_bytes:
        raise ValidationError(
            _("This XML document is larger than %(most)s MB.")
            % {"most": limits.max_bytes / 1_000_000}
        )
    bare = data.replace(b"\0", b"")  # so that UTF-16 hides nothing
    if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
        raise ValidationError(
            _("This XML document has a DOCTYPE, which is not taken. Remove that line.")
        )
    if ENCODINGS.match(bare.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")):
        raise ValidationError(_("Save this XML document as UTF-8 and send it again."))


class _Watch:
    """Counts what the parser has seen."""

    def __init__(self, limits: XmlLimits) -> None:
        self.limits, self.depth, self.elements = limits, 0, 0

    def see(self, parser: etree.XMLPullParser) -> None:
        for event, element in parser.read_events():
            if event == "end":
                self.depth -= 1
                continue
            self.depth += 1
            self.elements += 1
            self._check(element)

    def _check(self, element: etree._Element) -> None:
        for found, words in (
            (self.depth > self.limits.depth, gettext_lazy("is nested too deep")),
            (
                len(element.attrib) > self.limits.attributes,
                gettext_lazy("has too many attributes in one element"),
            ),
            (self.elements > self.limits.elements, gettext_lazy("has too many elements")),
        ):
            if found:
                raise ValidationError(
                    _("This XML document %(fault)s, at line %(line)s.")
                    % {"fault": words, "line": element.sourceline}
                )
