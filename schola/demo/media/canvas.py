"""Drawing in the colours of the design, in points of the finished picture."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

PAPER, INK, QUIET, LINE = "#ffffff", "#0d2525", "#556767", "#e1ded7"
GREEN, AMBER, IRIS, ROSE, SEA = "#006e58", "#c87e10", "#5146a0", "#cd5f62", "#297cae"
GREEN_SOFT, AMBER_SOFT = "#dbf3eb", "#fcefd1"
FINER = 2

Point = tuple[float, float]


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.load_default(size * FINER)


class Canvas:
    """A picture drawn at twice its size, so that edges come out smooth."""

    def __init__(self, width: int, height: int, ground: str = PAPER) -> None:
        self.size = (width, height)
        self._image = Image.new("RGB", (width * FINER, height * FINER), ground)
        self._draw = ImageDraw.Draw(self._image)

    def line(self, points: Sequence[Point], color: str = INK, width: float = 2) -> None:
        self._draw.line(
            [self._at(point) for point in points], color, round(width * FINER), joint="curve"
        )

    def dot(self, at: Point, radius: float = 7, color: str = GREEN) -> None:
        self._draw.circle(self._at(at), radius * FINER, fill=color)

    def box(
        self, start: Point, end: Point, fill: str | None = None, edge: str | None = None
    ) -> None:
        (x0, y0), (x1, y1) = self._at(start), self._at(end)
        corners = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        self._draw.rectangle(corners, fill, edge, 2 * FINER)

    def area(self, points: Sequence[Point], color: str) -> None:
        self._draw.polygon([self._at(point) for point in points], color)

    def text(
        self, at: Point, words: str, size: int = 15, color: str = INK, *, anchor: str = "mm"
    ) -> None:
        """anchor: lm, mm or rm: left, middle or right of the words stands at the point."""
        self._draw.text(self._at(at), words, color, font(size), anchor)

    def finished(self) -> Image.Image:
        return self._image.resize(self.size, Image.Resampling.LANCZOS)

    def save(self, path: Path) -> Path:
        self.finished().save(path, "WEBP", lossless=True, method=4)
        return path

    def _at(self, point: Point) -> Point:
        return point[0] * FINER, point[1] * FINER
