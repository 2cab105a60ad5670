"""Pieces of HTML as a tree, to look at and to repair what people wrote."""

import lxml.html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from schola.kernel.sanitize import without_controls


def read_fragment(html: str) -> HtmlElement:
    """Return a `div` that holds the HTML. Nothing is fetched; what is broken is mended.

    Empty for a document without a body, such as a lone `<html>`: lxml finds no fragment in it.
    """
    try:
        return lxml.html.fragment_fromstring(without_controls(html), create_parent="div")
    except (AssertionError, ParserError):
        return lxml.html.Element("div")


def write_fragment(root: HtmlElement) -> str:
    """Return the HTML inside the element that `read_fragment` gave."""
    text = lxml.html.tostring(root, encoding="unicode")
    return text[text.index(">") + 1 : text.rindex("</")] if len(root) or root.text else ""


def words_of(element: HtmlElement) -> str:
    """Return the words inside the element, with single blanks, also between cells and blocks."""
    return " ".join(" ".join(element.itertext()).split())


def unwrap(element: HtmlElement) -> None:
    """Take the element away and leave what is in it in its place."""
    element.drop_tag()
