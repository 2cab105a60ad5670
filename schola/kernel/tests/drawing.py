"""A picture to store."""

import io

from PIL import Image


def picture(width=1000, height=500, form="JPEG", **options):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, form, **options)
    out.seek(0)
    return out
