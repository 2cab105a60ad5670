"""`3.14 ± 0.01 m`, `100 +- 5%`, `1000 */ 1`: a number, its tolerance and its unit."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from schola.questions.typed.drafts import Unreadable

NUMBER = re.compile(
    r"(?P<answer>(?>[+\-−]?(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?))"
    r"(?P<percents>\s*%(?=\s*(?:±|\+|\*/)))?"
    r"(?:\s*(?P<how>±|\+-|\+/-|\*/)\s*(?P<tolerance>(?:\d+(?:[.,]\d+)?|[.,]\d+)"
    r"(?:[eE][+-]?\d{1,3})?)(?P<percent>\s*%)?)?"
    r"(?:\s*(?P<unit>[^\d\s±.,].*))?"
)


def tolerant_number(text: str, line: int) -> dict[str, str] | None:
    """Return what a numeric question needs, or None if the text is no number.

    Raises Unreadable if it begins with a number and a tolerance that cannot be read.
    """
    found = NUMBER.fullmatch(text)
    if not found:
        if re.match(r"[+\-−]?[\d.,]+\s*(?:±|\+-|\+/-|\*/)", text):
            raise Unreadable(line, _("Write the tolerance as a number, as in 3.14 ± 0.01."))
        return None
    if re.fullmatch(r"[+\-−]?[1-9]\d{0,2},\d{3}", found["answer"]):
        raise Unreadable(line, _("Write 1000 or 1.0: a comma before three digits may mean either."))
    return {
        "answer": _plain(found["answer"]),
        "tolerance": _tolerance(found),
        "kind": _kind(found),
        "unit": "%" if found["percents"] else found["unit"] or "",
    }


def _tolerance(found: re.Match[str]) -> str:
    tolerance = Decimal(_plain(found["tolerance"] or "0"))
    return f"{tolerance.scaleb(-2) if found['percent'] else tolerance:f}"


def _kind(found: re.Match[str]) -> str:
    if found["how"] == "*/":
        return "geometric"
    return "relative" if found["percent"] else "nominal"


def _plain(number: str) -> str:
    return number.replace(",", ".").replace("−", "-")
