"""The floor plan in the lesson on safety."""

from schola.demo.media import canvas as c
from schola.demo.media.canvas import Canvas

ROOMS = 4


def escape_plan() -> Canvas:
    canvas = Canvas(640, 320)
    canvas.box((90, 20), (550, 230), c.PAPER, c.INK)
    for room in range(ROOMS):
        left = 160 + room * 80
        for top, bottom in ((20, 90), (160, 230)):
            canvas.box((left, top), (left + 80, bottom), "#f3f0ea", c.QUIET)
    canvas.box((280, 160), (360, 230), c.PAPER, c.QUIET)
    canvas.text((320, 195), "Lift", 15, c.QUIET)
    canvas.line([(290, 168), (350, 222)], c.ROSE, 4)
    canvas.line([(350, 168), (290, 222)], c.ROSE, 4)
    _stairs(canvas, 90)
    _stairs(canvas, 480)
    canvas.box((94, 164), (156, 226), c.AMBER_SOFT, c.AMBER)
    canvas.text((125, 186), "Safe", 14)
    canvas.text((125, 204), "area", 14)
    for start, end in ((300, 180), (340, 460)):
        _arrow(canvas, start, end)
    canvas.line([(125, 232), (125, 285), (230, 285)], c.GREEN, 4)
    canvas.area([(228, 276), (228, 294), (246, 285)], c.GREEN)
    canvas.dot((275, 276), 17, "#526824")
    canvas.box((272, 288), (278, 306), "#6c3421")
    canvas.text((304, 286), "Chestnut tree: wait here until you are counted", 15, anchor="lm")
    return canvas


def _stairs(canvas: Canvas, left: int) -> None:
    canvas.box((left + 4, 24), (left + 66, 90), c.GREEN)
    canvas.text((left + 35, 57), "Stairs", 15, c.PAPER)


def _arrow(canvas: Canvas, start: int, end: int) -> None:
    turn = 1 if end > start else -1
    canvas.line([(start, 125), (end, 125)], c.GREEN, 4)
    canvas.area([(end, 115), (end, 135), (end + 16 * turn, 125)], c.GREEN)
