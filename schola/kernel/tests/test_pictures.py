"""Pictures: decoded and written anew, in several widths; what is hostile is refused."""

import io
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from schola.kernel.files import (
    CONTENT,
    derivative,
    file_url,
    path_of,
    picture_source,
    store_picture,
    with_pictures,
    without_addresses,
)
from schola.kernel.jobs import run_waiting
from schola.kernel.models import File
from schola.kernel.tests.drawing import picture

pytestmark = pytest.mark.usefixtures("place")


def test_a_picture_is_written_anew_without_what_it_said():
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    sent = picture(2000, 1000, exif=exif)

    file = store_picture(sent, "holiday.jpg", "test")
    run_waiting()

    assert (file.media_type, file.name) == ("image/webp", "holiday.webp")
    data = path_of(file.sha256).read_bytes()
    assert b"secret" not in data
    assert Image.open(io.BytesIO(data)).size == (1440, 720)
    assert derivative(file, "480").size < derivative(file, "960").size < file.size


def bomb():
    data = bytearray(picture(10, 10, "PNG").getvalue())
    data[16:24] = (60_000).to_bytes(4, "big") + (60_000).to_bytes(4, "big")
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (bomb(), "40 megapixels"),
        (b"not a picture", "cannot be read"),
        (picture().getvalue()[:200], "cannot be read"),
        (b"", "empty"),
        (b"GIF89a\xff\xff\xff\xff", "megapixels|cannot be read"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "cannot be read"),
    ],
)
def test_a_hostile_picture_is_refused_in_words(data, words):
    with pytest.raises(ValidationError, match=words):
        store_picture(io.BytesIO(data), "x.png", "test")

    assert not File.objects.exists()


def test_a_text_shows_its_pictures_and_no_other_file():
    shown = store_picture(picture(100, 50), "a plan.png", CONTENT)
    secret = store_picture(picture(90, 40), "secret.png", "test")
    text = f'<img src="{picture_source(shown)}"><img src="{picture_source(secret)}">'

    html = with_pictures(text)

    assert html == f'<img src="{file_url(shown)}"><img src="{picture_source(secret)}">'
    assert without_addresses(html) == text
