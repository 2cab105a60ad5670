"""What is seen in the film, scene by scene."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

from PIL import Image

from schola.demo.media import canvas as c
from schola.demo.media.canvas import Canvas

SIZE, FPS = (640, 360), 12
VALUES = (4.0, 6.0, 6.0, 8.0, 11.0)
MEAN, BASE, UNIT = 7.0, 300, 40
SIDE = sqrt(5.6)


@dataclass(frozen=True)
class Scene:
    """motion: seconds in which something moves; afterwards the picture stands still."""

    start: int
    seconds: int
    motion: float
    heading: str
    caption: str
    seen: str
    draw: Callable[[Canvas, float], None]

    def moment(self, seconds: float) -> float:
        """Return how far the motion is, in [0, 1], gently started and ended."""
        done = min(1.0, seconds / self.motion) if self.motion else 1.0
        return done * done * (3 - 2 * done)

    def picture(self, moment: float) -> Image.Image:
        canvas = Canvas(*SIZE, ground="#faf8f4")
        canvas.text((320, 36), self.heading, 24)
        self.draw(canvas, moment)
        return canvas.finished()


def x(value: float) -> float:
    return 50 + value * UNIT


def ruler(canvas: Canvas) -> None:
    canvas.line([(x(0), BASE), (x(13.5), BASE)], c.QUIET, 2)
    for value in range(14):
        canvas.line([(x(value), BASE), (x(value), BASE + 6)], c.QUIET, 2)
        canvas.text((x(value), BASE + 20), str(value), 14, c.QUIET)
    canvas.text((x(13.5), BASE + 42), "minutes", 14, c.QUIET, anchor="rm")


def dots(canvas: Canvas, values: tuple[float, ...] = VALUES, lift: float = 0) -> None:
    seen: Counter[float] = Counter()
    for value in values:
        canvas.dot((x(value), BASE - 12 - 22 * seen[value] - lift), 10, c.GREEN)
        seen[value] += 1


def mean_line(canvas: Canvas, height: float = 1) -> None:
    canvas.line([(x(MEAN), BASE), (x(MEAN), BASE - 210 * height)], c.AMBER, 4)
    if height == 1:
        canvas.text((x(MEAN), BASE - 224), "mean 7", 16, c.AMBER)


def title(canvas: Canvas, moment: float) -> None:
    canvas.text((320, 120), "How far do values usually lie", 26, c.GREEN)
    canvas.text((320, 156), "from their mean?", 26, c.GREEN)
    for number, value in enumerate(VALUES):
        canvas.dot((320 + (value - MEAN + 0.2 * number) * 40 * moment, 240), 12, c.GREEN)
    canvas.dot((320, 300), 6, c.AMBER)


def falling(canvas: Canvas, moment: float) -> None:
    ruler(canvas)
    dots(canvas, lift=(1 - moment) * 180)


def balancing(canvas: Canvas, moment: float) -> None:
    ruler(canvas)
    dots(canvas)
    mean_line(canvas, moment)


def distances(canvas: Canvas, moment: float) -> None:
    ruler(canvas)
    mean_line(canvas)
    dots(canvas)
    for row, value in enumerate(VALUES):
        y = BASE - 60 - row * 30
        end = MEAN + (value - MEAN) * moment
        color = c.IRIS if value < MEAN else c.ROSE
        canvas.line([(x(MEAN), y), (x(end), y)], color, 5)
        if moment == 1:
            canvas.text((x(value) + (14 if value > MEAN else -14), y), f"{value - 7:+g}", 17, color)


def squares(canvas: Canvas, moment: float) -> None:
    ruler(canvas)
    for value in sorted(VALUES, key=lambda each: -abs(each - MEAN)):
        up = abs(value - MEAN) * UNIT * moment
        canvas.box((x(MEAN), BASE), (x(value), BASE - up), c.GREEN_SOFT, c.GREEN)
    dots(canvas)
    mean_line(canvas)
    if moment == 1:
        canvas.text((x(5.0), BASE - 90), "9", 22)
        canvas.text((x(9.0), BASE - 110), "16", 22)
        canvas.text((x(6.5), BASE - 20), "1", 15)
        canvas.text((x(7.5), BASE - 20), "1", 15)
        canvas.text((x(3.6), BASE - 140), "9 + 1 + 1 + 1 + 16 = 28", 18, c.GREEN)


def average_square(canvas: Canvas, moment: float) -> None:
    ruler(canvas)
    dots(canvas)
    mean_line(canvas)
    side = SIDE * moment
    canvas.box((x(MEAN), BASE), (x(MEAN + side), BASE - side * UNIT), c.AMBER_SOFT, c.AMBER)
    canvas.text((x(3.4), BASE - 150), "28 / 5 = 5.6", 26)
    if moment == 1:
        canvas.text((x(MEAN + SIDE / 2), BASE - SIDE * UNIT / 2), "5.6", 22)


def its_side(canvas: Canvas, moment: float) -> None:
    average_square(canvas, 1)
    canvas.line([(x(MEAN), BASE - 2), (x(MEAN + SIDE * moment), BASE - 2)], c.ROSE, 7)
    if moment == 1:
        canvas.text((x(9.6), BASE - 70), "side = 2.37", 22, c.ROSE, anchor="lm")


def breathing(canvas: Canvas, moment: float) -> None:
    """Dots move apart to one and a half times their distances, then together to the half."""
    factor = 1 + moment if moment < 0.5 else 2.5 - 2 * moment
    values = tuple(MEAN + (value - MEAN) * factor for value in VALUES)
    ruler(canvas)
    deviation = SIDE * factor
    canvas.box((x(MEAN - deviation), BASE - 60), (x(MEAN + deviation), BASE), c.AMBER_SOFT)
    dots(canvas, values)
    mean_line(canvas)
    canvas.text((40, 110), f"standard deviation {deviation:.1f}", 24, c.ROSE, anchor="lm")


def ending(canvas: Canvas, moment: float) -> None:
    steps = (
        "1  Find the mean",
        "2  Subtract it from each value",
        "3  Square the distances",
        "4  Take the mean of the squares",
        "5  Take the root",
    )
    for row, step in enumerate(steps):
        if moment >= row / 5:
            canvas.text((170, 100 + row * 44), step, 22, c.INK, anchor="lm")


SCRIPT = (
    (
        7,
        2,
        "Standard deviation, step by step",
        "How far do values usually lie from their mean?\n"
        "That is what the standard deviation tells.",
        "The title; five dots move apart from one point.",
        title,
    ),
    (
        9,
        2,
        "Five deliveries",
        "Five deliveries took\n4, 6, 6, 8 and 11 minutes.",
        "Five dots fall onto a ruler.",
        falling,
    ),
    (
        8,
        2,
        "The mean",
        "Their mean is 7 minutes.\nAt this point the ruler balances.",
        "A line rises at 7.",
        balancing,
    ),
    (
        11,
        3,
        "The distances",
        "The distances are -3, -1, -1, +1 and +4.\nTheir sum is always zero, so it cannot help us.",
        "A bar grows from the line at 7 to each value.",
        distances,
    ),
    (
        11,
        3,
        "The squares",
        "So we square them: 9, 1, 1, 1 and 16.\nThe signs are gone, and far dots count more.",
        "Each distance becomes the side of a square.",
        squares,
    ),
    (
        9,
        3,
        "The average square",
        "Together 28. Divided by 5 it is 5.6:\nthe average square, called the variance.",
        "One square of the size 5.6 appears beside the mean.",
        average_square,
    ),
    (
        9,
        2,
        "Its side",
        "The side of this square is the root of 5.6:\n"
        "2.37 minutes. This is the standard deviation.",
        "The lower side of the square is marked.",
        its_side,
    ),
    (
        11,
        8,
        "Apart and together",
        "When the dots move apart, it grows.\nWhen they come together, it becomes small.",
        "The dots move apart and come together; the number follows.",
        breathing,
    ),
    (
        10,
        4,
        "Five steps",
        "Mean, distances, squares, mean of the squares, root.\n"
        "Now try it with numbers of your own.",
        "The five steps appear one by one.",
        ending,
    ),
)


def _scenes() -> tuple[Scene, ...]:
    scenes, start = [], 0
    for seconds, *rest in SCRIPT:
        scenes.append(Scene(start, seconds, *rest))
        start += seconds
    return tuple(scenes)


SCENES = _scenes()
