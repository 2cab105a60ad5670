"""The manifest of a SCORM 1.2 package: what is opened first, its name, what is needed to pass.

Source: SCORM 1.2 Content Aggregation Model, section 2.3 (imsmanifest.xml).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml.etree import _Element

from schola.kernel.xml import read_xml

NAME = "imsmanifest.xml"
SCORM_TYPE = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}scormtype"
MOST_PARTS = 200
INSIDE = "http://package/"  # addresses are joined below it, so that what leads out is seen


@dataclass(frozen=True)
class Manifest:
    """What we take from a manifest.

    href     the page that is opened, relative to the package, with its parameters
    mastery  the raw score from which it is passed; None: the package judges by itself
    data     what the package wants to find in cmi.launch_data
    parts    how many parts (SCOs) it has
    items    its parts and their headings in order, if there are several: see parts.py
    prerequisites  it says which part comes after which; we let learners choose
    """

    href: str
    title: str
    mastery: str | None
    data: str
    parts: int
    items: list[dict[str, Any]]
    prerequisites: bool


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of an unpacked package.

    Raises ValidationError, with what to do, if there is none, or nothing in it can be opened.
    """
    root = read_xml(_bytes(folder))
    version = " ".join(each.text or "" for each in root.iterfind("{*}metadata/{*}schemaversion"))
    if "2004" in version or "1.3" in version:
        raise ValidationError(
            _("This is a SCORM 2004 package. Export it as SCORM 1.2 and send it again.")
        )
    launches = _launches(root)
    if not launches:
        raise ValidationError(
            _("The manifest of this package names no page to open. Export the package anew.")
        )
    if len(launches) > MOST_PARTS:
        raise ValidationError(_("Keep to %(most)s parts in a package.") % {"most": MOST_PARTS})
    for href in launches.values():
        _check_page(folder, href)
    item, href = next(iter(launches.items()))
    several = len(launches) > 1
    whole = _text(_organization(root), "title")
    return Manifest(
        href=href.removeprefix(INSIDE),
        title=((several and whole) or _text(item, "title") or whole)[:160],
        mastery=None if several else _mastery(_text(item, "masteryscore")),
        data=_text(item, "datafromlms")[:4096],
        parts=len(launches),
        items=_items(root, launches) if several else [],
        prerequisites=several and any(_text(each, "prerequisites") for each in launches),
    )


def _bytes(folder: Path) -> bytes:
    path = folder / NAME
    if path.is_file():
        return path.read_bytes()
    inside = next(iter(sorted(folder.glob(f"*/{NAME}"))), None)
    if inside:
        raise ValidationError(
            _(
                "The package lies in the folder “%(name)s” of this zip file. Zip what is in "
                "that folder, not the folder itself, and send it again."
            )
            % {"name": inside.parent.name}
        )
    raise ValidationError(
        _("This is no SCORM package: it has no imsmanifest.xml. Export it as SCORM 1.2.")
    )


def _items(root: _Element, launches: dict[_Element, str]) -> list[dict[str, Any]]:
    """Return parts and headings as a config lists them."""
    resources, numbers, found = _resources(root), count(1), []
    for item, level in _walk(_organization(root)):
        if item not in launches and not any(each in launches for each in item.iter()):
            continue
        resource = resources.get(item.get("identifierref"))
        kind = "" if resource is None else resource.get(SCORM_TYPE, "sco").strip().lower()
        found.append({
            "id": str(next(numbers)),
            "title": _text(item, "title")[:160],
            "href": launches.get(item, "").removeprefix(INSIDE),
            "level": level,
            "mastery": _mastery(_text(item, "masteryscore")),
            "data": _text(item, "datafromlms")[:4096],
            "asset": kind == "asset",
        })  # fmt: skip
    return found


def _walk(element: _Element, level: int = 0) -> Iterator[tuple[_Element, int]]:
    """Yield the items below, each with how deep it lies; what is said to be invisible is left."""
    for item in element.iterfind("{*}item"):
        if item.get("isvisible", "true").strip().lower() not in ("false", "0"):
            yield item, level
            yield from _walk(item, level + 1)


def _launches(root: _Element) -> dict[_Element, str]:
    """Return the visible items that can be opened, in their order; the invisible if none is."""
    every = dict(_openable(root))
    visible = {item: every[item] for item, _level in _walk(_organization(root)) if item in every}
    return visible or dict(list(every.items())[:1])


def _resources(root: _Element) -> dict[str | None, _Element]:
    return {each.get("identifier"): each for each in root.iterfind("{*}resources/{*}resource")}


def _openable(root: _Element) -> Iterator[tuple[_Element, str]]:
    """Yield the items of the default organization that can be opened, in their order."""
    resources = _resources(root)
    base = urljoin(_base(root), _base(next(root.iterfind("{*}resources"), root)))
    for item in _organization(root).iter("{*}item"):
        resource = resources.get(item.get("identifierref"))
        if resource is None or not resource.get("href"):
            continue
        href = resource.get("href", "").strip().replace("\\", "/")
        where = urljoin(urljoin(INSIDE + base, _base(resource)), href)
        yield item, _with_parameters(where, item.get("parameters", ""))


def _organization(root: _Element) -> _Element:
    every = list(root.iterfind("{*}organizations/{*}organization"))
    default = next((each.get("default") for each in root.iterfind("{*}organizations")), None)
    chosen = [each for each in every if each.get("identifier") == default]
    return next(iter(chosen + every), root)


def _base(element: _Element) -> str:
    return element.get("{http://www.w3.org/XML/1998/namespace}base", "").replace("\\", "/")


def _with_parameters(href: str, parameters: str) -> str:
    """Append the parameters of an item. Source: SCORM 1.2 CAM, 2.3.2.5.1."""
    words = parameters.strip().lstrip("?&")
    if not words or words.startswith("#"):
        return href + words
    return f"{href}{'&' if '?' in href else '?'}{words}"


def _check_page(folder: Path, href: str) -> None:
    """Raise ValidationError unless the page is a file of the package."""
    path = (folder / unquote(urlsplit(href).path).lstrip("/")).resolve()
    inside = href.startswith(INSIDE) and path.is_relative_to(folder.resolve())
    if not inside or not path.is_file():
        raise ValidationError(
            _("The page that the package opens is not in it: %(name)s. Export the package anew.")
            % {"name": href.removeprefix(INSIDE)[:200]}
        )


def _text(element: _Element, path: str) -> str:
    steps = "/".join(f"{{*}}{step}" for step in path.split("/"))
    return " ".join((element.findtext(steps) or "").split())


def _mastery(text: str) -> str | None:
    try:
        score = Decimal(text)
    except InvalidOperation:
        return None
    return str(score) if 0 <= score <= 100 else None
