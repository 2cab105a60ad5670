"""The charts of the lessons."""

from collections import Counter
from collections.abc import Sequence
from math import exp, pi, sqrt
from pathlib import Path
from random import Random

from schola.demo.media import canvas as c
from schola.demo.media.canvas import Canvas
from schola.demo.media.plan import escape_plan

TIMES = (
    12, 13, 14, 14, 15, 15, 16, 16, 17, 17, 17, 18, 18, 18, 19, 19, 20, 20, 20, 21,
    21, 22, 22, 23, 23, 24, 24, 25, 26, 26, 27, 28, 29, 30, 31, 33, 35, 37, 40, 44,
)  # fmt: skip
PAY = (24, 26, 26, 30, 32, 36, 120)
ARROW = (28, 29, 29, 30, 30, 30, 30, 31, 31, 32)
HEADS_SEED = 22
BOLT = (10, 14, 20, 24, 28, 32, 36, 40, 46, 50)


def make_charts(folder: Path) -> list[Path]:
    """Draw them all as WebP and return the files."""
    charts = {
        "histogram": histogram,
        "mean-median": mean_median,
        "two-services": two_services,
        "box-plots": box_plots,
        "large-numbers": large_numbers,
        "normal": normal,
        "intervals": intervals,
        "scatter": scatter,
        "escape-plan": escape_plan,
    }
    return [draw().save(folder / f"{name}.webp") for name, draw in charts.items()]


class Axis:
    """A horizontal axis from low to high across the canvas."""

    def __init__(self, canvas: Canvas, y: float, span: tuple[float, float], left: int = 60) -> None:
        self.canvas, self.y, self.span, self.left = canvas, y, span, left
        self.right = canvas.size[0] - 40

    def x(self, value: float) -> float:
        low, high = self.span
        return self.left + (value - low) / (high - low) * (self.right - self.left)

    def draw(self, ticks: Sequence[float], label: str) -> None:
        self.canvas.line([(self.left, self.y), (self.right, self.y)], c.QUIET, 1.5)
        for tick in ticks:
            self.canvas.line([(self.x(tick), self.y), (self.x(tick), self.y + 6)], c.QUIET, 1.5)
            self.canvas.text((self.x(tick), self.y + 18), f"{tick:g}", 14, c.QUIET)
        middle = (self.left + self.right) / 2
        self.canvas.text((middle, self.y + 40), label, 15)


def histogram() -> Canvas:
    canvas = Canvas(640, 360)
    axis = Axis(canvas, 300, (10, 45))
    counts = Counter((time // 5) * 5 for time in TIMES)
    for count in (4, 8, 12):
        canvas.line([(60, 300 - count * 20), (600, 300 - count * 20)], c.LINE, 1)
        canvas.text((48, 300 - count * 20), str(count), 14, c.QUIET, anchor="rm")
    for start, count in sorted(counts.items()):
        canvas.box((axis.x(start) + 1, 300), (axis.x(start + 5) - 1, 300 - count * 20), c.GREEN)
    axis.draw(range(10, 50, 5), "Delivery time in minutes")
    canvas.text((20, 24), "Number of deliveries", 15, anchor="lm")
    return canvas


def mean_median() -> Canvas:
    canvas = Canvas(640, 300)
    axis = Axis(canvas, 220, (20, 125))
    seen: Counter[int] = Counter()
    for pay in PAY:
        canvas.dot((axis.x(pay), 206 - 18 * seen[pay]), 8, c.GREEN)
        seen[pay] += 1
    for value, words, color, top in ((30, "Median 30", c.IRIS, 70), (42, "Mean 42", c.AMBER, 110)):
        canvas.line([(axis.x(value), 222), (axis.x(value), top)], color, 3)
        canvas.text((axis.x(value) + 8, top + 6), words, 17, color, anchor="lm")
    axis.draw(range(20, 130, 20), "Pay in thousands a year")
    return canvas


def two_services() -> Canvas:
    canvas = Canvas(640, 300)
    axis = Axis(canvas, 230, (0, 60), 90)
    canvas.line([(axis.x(30), 50), (axis.x(30), 230)], c.AMBER, 2)
    canvas.text((axis.x(30), 32), "Mean of both: 30", 15, c.AMBER)
    for name, times, y, color in (("Arrow", ARROW, 120, c.GREEN), ("Bolt", BOLT, 200, c.IRIS)):
        canvas.text((20, y), name, 17, color, anchor="lm")
        seen: Counter[int] = Counter()
        for time in times:
            canvas.dot((axis.x(time), y - 14 * seen[time]), 6, color)
            seen[time] += 1
    axis.draw(range(0, 70, 10), "Minutes until the parcel comes")
    return canvas


def box_plots() -> Canvas:
    canvas = Canvas(640, 300)
    axis = Axis(canvas, 230, (0, 60), 90)
    plots = (
        ("Arrow", (28, 29, 30, 31, 32), 90, c.GREEN),
        ("Bolt", (10, 20, 30, 40, 50), 170, c.IRIS),
    )
    for name, five, y, color in plots:
        low, first, median, third, high = (axis.x(value) for value in five)
        canvas.text((20, y), name, 17, color, anchor="lm")
        canvas.line([(low, y), (high, y)], color, 2)
        for end in (low, high):
            canvas.line([(end, y - 10), (end, y + 10)], color, 2)
        canvas.box((first, y - 24), (third, y + 24), c.GREEN_SOFT, color)
        canvas.line([(median, y - 24), (median, y + 24)], c.AMBER, 4)
    axis.draw(range(0, 70, 10), "Minutes until the parcel comes")
    return canvas


def large_numbers() -> Canvas:
    canvas, random = Canvas(640, 300), Random(HEADS_SEED)
    axis = Axis(canvas, 240, (0, 1000))
    canvas.line([(60, 130), (600, 130)], c.AMBER, 2)
    for share in (0.3, 0.5, 0.7):
        canvas.text((48, 130 - (share - 0.5) * 440), f"{share}", 14, c.QUIET, anchor="rm")
    heads, points = 0, []
    for toss in range(1, 1001):
        heads += random.random() < 0.5
        share = min(max(heads / toss, 0.26), 0.74)
        points.append((axis.x(toss), 130 - (share - 0.5) * 440))
    canvas.line(points, c.GREEN, 2)
    axis.draw(range(0, 1200, 200), "Tosses of a coin")
    canvas.text((90, 20), "Share of heads", 15, anchor="lm")
    return canvas


def normal() -> Canvas:
    canvas = Canvas(640, 320)
    axis = Axis(canvas, 240, (-3.6, 3.6), 40)
    for reach, color in ((3, "#eef2f0"), (2, "#c9e9dd"), (1, "#7bd2b7")):
        steps = [reach * (step / 40 - 1) for step in range(81)]
        curve = [(axis.x(z), 240 - _bell(z) * 460) for z in steps]
        canvas.area([(axis.x(-reach), 240), *curve, (axis.x(reach), 240)], color)
    canvas.line([(axis.x(s / 20), 240 - _bell(s / 20) * 460) for s in range(-70, 71)], c.GREEN, 3)
    for reach, words, y in ((1, "68 %", 150), (2, "95 %", 185), (3, "99.7 %", 220)):
        canvas.line([(axis.x(-reach), y), (axis.x(reach), y)], c.INK, 1)
        canvas.box((axis.x(0) - 28, y - 9), (axis.x(0) + 28, y + 9), "#7bd2b7")
        canvas.text((axis.x(0), y), words, 14)
    axis.draw(range(-3, 4), "Standard deviations from the mean")
    return canvas


def _bell(z: float) -> float:
    return exp(-z * z / 2) / sqrt(2 * pi)


def intervals() -> Canvas:
    canvas, random = Canvas(640, 360), Random(12)
    axis = Axis(canvas, 300, (6.6, 7.6), 40)
    means = [7.1 + random.gauss(0, 0.07) for _ in range(19)]
    means.insert(13, 7.36)
    canvas.line([(axis.x(7.1), 20), (axis.x(7.1), 300)], c.AMBER, 3)
    for row, mean in enumerate(means):
        y = 30 + row * 13.5
        color = c.GREEN if abs(mean - 7.1) <= 0.2 else c.ROSE
        canvas.line([(axis.x(mean - 0.2), y), (axis.x(mean + 0.2), y)], color, 2)
        canvas.dot((axis.x(mean), y), 4, color)
    canvas.text((axis.x(7.56) + 6, 30 + 13 * 13.5), "misses", 14, c.ROSE, anchor="lm")
    axis.draw((6.6, 6.8, 7.0, 7.2, 7.4, 7.6), "Hours of sleep; the line is the true mean")
    return canvas


def scatter() -> Canvas:
    canvas, random = Canvas(640, 260), Random(3)
    for left, slope, words in ((20, 0.9, "r = 0.9"), (230, 0.0, "r = 0"), (440, -0.6, "r = -0.6")):
        canvas.box((left, 20), (left + 180, 200), c.PAPER, c.LINE)
        for _ in range(45):
            across = random.gauss(0, 1)
            up = slope * across + sqrt(1 - slope * slope) * random.gauss(0, 1)
            x, y = left + 90 + _kept(across) * 34, 110 - _kept(up) * 34
            canvas.dot((x, y), 3.5, c.GREEN)
        canvas.text((left + 90, 226), words, 17)
    return canvas


def _kept(value: float) -> float:
    return min(max(value, -2.4), 2.4)
