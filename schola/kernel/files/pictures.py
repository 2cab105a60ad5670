"""Pictures are decoded and written anew: only the pixels remain, no place and no owner."""

import re
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schola.kernel.files.links import file_url
from schola.kernel.files.purposes import MEGABYTE, Limits
from schola.kernel.files.store import derivative, derive, path_of, store
from schola.kernel.jobs import job
from schola.kernel.models import File
from schola.kernel.sanitize import MEDIA

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTHS = (480, 960, 1440)  # of the derivatives; the picture itself is as wide as the last
MOST_PIXELS = 40_000_000
MOST_BYTES = 40 * MEGABYTE
QUALITY = 82
CONTENT = "content"  # pictures in texts, which all may see who may see the text
ADDRESS = r"([0-9a-f]{64})/[^/\"'<>\s]+/([^/\"'<>\s]+)"
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def store_picture(stream: BinaryIO, name: str, purpose: str) -> File:
    """Store a picture as WebP, at most 1440 px wide; smaller ones follow as a job.

    They are derivatives under the keys "480" and "960", where the picture is wider than that.
    Raises ValidationError if it is no picture, damaged, or larger than 40 megapixels or 40 MB.
    """
    stem = name.rpartition(".")[0] or name
    data = _webp(_opened(stream), WIDTHS[-1])
    file = store(BytesIO(data), f"{stem}.webp", purpose, Limits(MOST_BYTES, ("image/webp",)))
    make_widths.enqueue(file_id=file.pk)
    return file


def picture_source(file: File) -> str:
    """Return what a stored text says as the `src` of the picture: the same in years."""
    return f"media:{file.sha256}/{quote(file.name, safe='')}"


def with_pictures(html: str) -> str:
    """Return a cleaned text with the addresses of its pictures. One query, if it has any.

    Only pictures that were stored for texts are shown, and only those of our organization.
    """
    wanted = {found[1] for found in MEDIA.finditer(html)}
    if not wanted:
        return html
    files = File.objects.filter(sha256__in=wanted, purpose=CONTENT, media_type="image/webp")
    urls = {file.sha256: file_url(file) for file in files}
    return MEDIA.sub(lambda found: urls.get(found[1], found[0]), html)


def without_addresses(html: str) -> str:
    """Return a text from an editor with the lasting names of its pictures for their addresses."""
    shown = re.compile(re.escape(f"{settings.CONTENT_URL}/f/") + ADDRESS)
    return shown.sub(r"media:\1/\2", html)


@job(label=gettext_lazy("Smaller versions of a picture"), tries=3, lane="media", seconds=120)
def make_widths(file_id: int) -> None:
    """Make the smaller versions of a picture. Safe to repeat."""
    file = File.objects.filter(pk=file_id).first()
    if file is None:
        return
    with path_of(file.sha256).open("rb") as stream:
        picture = _opened(stream)
    for width in WIDTHS[:-1]:
        if width < picture.width and derivative(file, str(width)) is None:
            derive(file, str(width), BytesIO(_webp(picture, width)))


def _opened(stream: BinaryIO) -> "Image":
    """Return the decoded picture. Its size is checked before a pixel is decoded."""
    from PIL import Image, ImageOps  # 12 MB a process, and few processes need it

    try:
        stream.seek(0)
        data = stream.read(MOST_BYTES + 1)
        Limits(MOST_BYTES).check_size(len(data))
        picture = Image.open(BytesIO(data), formats=FORMATS)
        _check_pixels(picture.width * picture.height)
        picture.load()
        return ImageOps.exif_transpose(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, ZeroDivisionError) as error:
        raise ValidationError(
            _("This picture cannot be read. Save it again as JPEG, PNG, WebP or GIF.")
        ) from error


def _check_pixels(pixels: int) -> None:
    if pixels > MOST_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("This picture has more than 40 megapixels. Make it smaller and send it again.")
    )


def _webp(picture: "Image", width: int) -> bytes:
    """Return the pixels as WebP, at most so many wide, without anything else."""
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    pixels = picture.convert("RGBA" if has_alpha else "RGB")
    if pixels.width > width:
        pixels = pixels.resize((width, max(1, round(pixels.height * width / pixels.width))))
    if pixels.height > 16_383:  # the most that WebP can hold
        raise _too_many_pixels()
    out = BytesIO()
    pixels.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
