"""Numbers as people write them: 3.14, 3,14, 1 000, −5, 1e3, 5 × 10^-3, 9.81 m/s²."""

import re
from decimal import Decimal
from fractions import Fraction

LONGEST = 60
LARGEST_EXPONENT = 308
NUMBER = re.compile(
    r"""
    \s*(?P<sign>[+-]?)\s*
    (?P<digits>\d[\d.,]*|[.,]\d+)
    (?:\s*(?:[eE]|[x×·*]\s*10\s*\^)\s*(?P<exponent>[+-]?\d{1,4}))?
    \s*(?P<unit>.*)
    """,
    re.VERBOSE | re.DOTALL,
)
SPACES = re.compile(r"(?<=\d)[\s'’_\u00a0\u202f\u2009]+(?=\d{3}(?!\d))")


def read(text: str) -> tuple[tuple[Fraction, ...], str]:
    """Return the readings of the number and the unit behind it.

    `1,234` may mean 1234 or 1.234, so a number can have two readings; none if it is no number.
    """
    found = NUMBER.fullmatch(SPACES.sub("", text[:LONGEST].replace("−", "-")))
    if not found or len(text) > LONGEST:
        return (), ""
    exponent = int(found["exponent"] or 0)
    if abs(exponent) > LARGEST_EXPONENT:
        return (), ""
    scale = Fraction(10) ** exponent * (-1 if found["sign"] == "-" else 1)
    readings = tuple(Fraction(Decimal(each)) * scale for each in _readings(found["digits"]))
    return readings, " ".join(found["unit"].split())


def _readings(digits: str) -> list[str]:
    """Return plain forms of digits with points and commas; none if they stand at odd places."""
    marks = re.sub(r"\d", "", digits)
    if not marks:
        return [digits]
    if len(set(marks)) == 2:
        return _with_groups_and_decimals(digits, group=marks[0], decimal=marks[-1])
    readings = []
    if len(marks) == 1:
        readings.append(digits.replace(",", "."))
    if _in_threes(digits, marks[0]):
        readings.append(digits.replace(marks[0], ""))
    return [reading for reading in readings if reading.strip(".")]


def _with_groups_and_decimals(digits: str, *, group: str, decimal: str) -> list[str]:
    whole, _, rest = digits.rpartition(decimal)
    if decimal in whole or not _in_threes(whole, group):
        return []
    return [f"{whole.replace(group, '')}.{rest or 0}"]


def _in_threes(digits: str, mark: str) -> bool:
    return re.fullmatch(rf"[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+", digits) is not None
