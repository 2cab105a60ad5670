"""The manifest of a SCORM 1.2 package: what is opened first, its name, what is needed to pass.

Source: SCORM 1.2 Content Aggregation Model, section 2.3 (imsmanifest.xml).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml.etree import _Element

from schola.kernel.xml import read_xml

NAME = "imsmanifest.xml"
INSIDE = "http://package/"  # addresses are joined below it, so that what leads out is seen


@dataclass(frozen=True)
class Manifest:
    """What we take from a manifest.

    href     the page that is opened, relative to the package, with its parameters
    mastery  the raw score from which it is passed; None: the package judges by itself
    data     what the package wants to find in cmi.launch_data
    parts    how many parts (SCOs) it has; the first is opened
    """

    href: str
    title: str
    mastery: str | None
    data: str
    parts: int


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
    launches = list(_launches(root))
    if not launches:
        raise ValidationError(
            _("The manifest of this package names no page to open. Export the package anew.")
        )
    item, href = launches[0]
    _check_page(folder, href)
    return Manifest(
        href=href.removeprefix(INSIDE),
        title=(_text(item, "title") or _text(root, "organizations/organization/title"))[:160],
        mastery=_mastery(_text(item, "masteryscore")),
        data=_text(item, "datafromlms")[:4096],
        parts=len(launches),
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


def _launches(root: _Element) -> Iterator[tuple[_Element, str]]:
    """Yield the items of the default organization that can be opened, in their order."""
    resources = {each.get("identifier"): each for each in root.iterfind("{*}resources/{*}resource")}
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
