"""Small films, made by the encoder itself."""

import io

import av
from PIL import Image


def film(width=320, height=180, seconds=2, sound=True):
    """Return the bytes of an MP4 of ten pictures a second and silence."""
    data = io.BytesIO()
    with av.open(data, "w", format="mp4") as out:
        video = out.add_stream("libx264", 10)
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        audio = out.add_stream("aac", 44_100, layout="mono") if sound else None
        for number in range(10 * seconds):
            picture = Image.new("RGB", (width, height), (number * 10 % 256, 90, 120))
            out.mux(video.encode(av.VideoFrame.from_image(picture)))
        out.mux(video.encode())
        for number in range(44_100 * seconds // 1024 if sound else 0):
            frame = av.AudioFrame(format="s16", layout="mono", samples=1024)
            frame.planes[0].update(bytes(2048))
            frame.sample_rate, frame.pts = 44_100, number * 1024
            out.mux(audio.encode(frame))
        if sound:
            out.mux(audio.encode())
    return data.getvalue()
