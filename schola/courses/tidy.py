"""The text of a page in its one form, whatever editor it comes from.

Editors wrap the words of a list item or a cell in a paragraph, and know no parts of a table: ours
marks each row that is not of the body with `data-part`.
"""

from itertools import groupby

from lxml.html import HtmlElement

from schola.kernel.fragments import read_fragment, unwrap, write_fragment

HOLDERS = ("li", "td", "th", "dd")  # what holds words directly, if it is one paragraph of them
PARTS = ("thead", "tbody", "tfoot")


def tidy(html: str) -> str:
    """Return the text in its one form; tidying twice is once. Clean it afterwards."""
    root = read_fragment(html)
    for holder in root.iter(*HOLDERS):
        if _is_one_paragraph(holder):
            unwrap(holder[0])
    for table in list(root.iter("table")):
        _set_parts(table)
    return write_fragment(root)


def _is_one_paragraph(holder: HtmlElement) -> bool:
    """Tell whether a plain paragraph is all that is there, but for lists below it."""
    first, *rest = list(holder) or [None]
    if first is None or first.tag != "p" or first.attrib or (holder.text or "").strip():
        return False
    return all(each.tag in ("ul", "ol") for each in rest) and not (first.tail or "").strip()


def _set_parts(table: HtmlElement) -> None:
    """Put the rows into head, body and foot. A first row of heads only is the head."""
    rows = [(_part(row), row) for row in table.xpath("./tr | ./*/tr")]
    if len(rows) > 1 and all(part == "tbody" for part, _ in rows):
        first = rows[0][1]
        if len(first) and all(cell.tag == "th" for cell in first):
            rows[0] = ("thead", first)
    for part in table.xpath("./thead | ./tbody | ./tfoot"):
        table.remove(part)
    for part, group in groupby(rows, key=lambda pair: pair[0]):
        home = table.makeelement(part)
        home.extend(row for _, row in group)
        table.append(home)


def _part(row: HtmlElement) -> str:
    named = row.attrib.pop("data-part", None) or row.getparent().tag
    return named if named in PARTS else "tbody"
