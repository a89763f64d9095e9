"""The things that exercises need, the arrows that show movement: shapes in metres, y upwards from the floor."""

from __future__ import annotations

import math

from audioguide.export.figures.shapes import GROUND, Point, Shape, Tone
from audioguide.export.figures.skeleton import seen

Shapes = tuple[Shape, ...]

_EDGE = 0.03
"""Width of the lines that things are drawn with."""


def dot(x: float, y: float, across: float, tone: Tone = Tone.THING) -> Shape:
    """Return a filled disc."""
    return Shape((((x, y),),), tone, across)


def roller(x: float, y: float) -> Shapes:
    """Return a foam roller of 15 cm, seen from its end."""
    return dot(x, y, 0.15), dot(x, y, 0.09, Tone.PAPER), dot(x, y, 0.035)


def ball(x: float, y: float) -> Shapes:
    """Return a massage ball, drawn larger than its 6 cm so that it is seen."""
    return dot(x, y, 0.165, Tone.PAPER), dot(x, y, 0.14), dot(x, y, 0.05, Tone.PAPER)


def line(*points: Point, tone: Tone = Tone.THING, width: float = _EDGE) -> Shapes:
    """Return a bent line."""
    return (Shape((points,), tone, width),)


def wall(x: float, height: float, solid: int) -> Shapes:
    """Return a wall with short strokes on its solid side, 1 for the right and -1 for the left."""
    step = 0.16
    count = int((height - GROUND) / step)
    strokes = tuple(
        ((x, GROUND + number * step), (x + solid * 0.09, GROUND + number * step - 0.09))
        for number in range(1, count + 1)
    )
    return (Shape((((x, GROUND), (x, height)),), Tone.THING, 0.04), Shape(strokes, Tone.THING, 0.018))


def bed(left: float, right: float, top: float) -> Shapes:
    """Return a bed, table or bench whose upper edge is at ``top``."""
    thick = 0.1
    legs = tuple(((x, GROUND), (x, top - thick)) for x in (left + 0.08, right - 0.08))
    corners = ((left, top - thick), (right, top - thick), (right, top), (left, top))
    return Shape(legs, Tone.THING, 0.045), Shape((corners,), Tone.THING, 0.02, filled=True)


def chair(x: float, seat: float, back: int) -> Shapes:
    """Return a chair whose seat's middle is at ``x``; its back is on the right for 1, on the left for -1."""
    half = 0.21
    rear = x + back * half
    legs = (
        ((x - half, GROUND), (x - half, seat)),
        ((x + half, GROUND), (x + half, seat)),
        ((rear, seat), (rear + back * 0.06, seat + 0.45)),
    )
    return Shape(legs, Tone.THING, 0.035), Shape((((x - half, seat), (x + half, seat)),), Tone.THING, 0.055)


def mat(left: float, right: float) -> Shapes:
    """Return a mat on the floor."""
    return (Shape((((left, GROUND - 0.018), (right, GROUND - 0.018)),), Tone.FAR, 0.036),)


def mat_seen(across: Point, along: Point, yaw: float, pitch: float) -> Shapes:
    """Return the edge of a mat from one x to another and from one z to another, turned and seen from above."""
    (left, right), (back, front) = across, along
    corners = ((left, back), (right, back), (right, front), (left, front), (left, back))
    edge = (seen((x, GROUND, z), yaw, pitch) for x, z in corners)
    return (Shape((tuple((x, y) for x, y, _ in edge),), Tone.FAR, 0.03),)


def arrow(*points: Point, both: bool = False, head: float = 0.085) -> Shapes:
    """Return an arrow through ``points``, at its end or at both with a head."""
    heads = [_head(points[-2], points[-1], head)]
    if both:
        heads.append(_head(points[1], points[0], head))
    return (
        Shape((points, *heads), Tone.PAPER, 0.085),
        Shape((points, *heads), Tone.INK, 0.028),
    )


def arc(middle: Point, radius: float, first: float, last: float, both: bool = False) -> Shapes:
    """Return a round arrow about ``middle`` from one angle to another, in degrees."""
    steps = max(4, round(abs(last - first) / 12))
    turns = [math.radians(first + (last - first) * step / steps) for step in range(steps + 1)]
    points = tuple((middle[0] + radius * math.cos(turn), middle[1] + radius * math.sin(turn)) for turn in turns)
    return arrow(*points, both=both)


def _head(before: Point, tip: Point, length: float) -> tuple[Point, ...]:
    turn = math.atan2(tip[1] - before[1], tip[0] - before[0])
    wings = [(tip[0] - length * math.cos(turn + lean), tip[1] - length * math.sin(turn + lean)) for lean in (0.6, -0.6)]
    return wings[0], tip, wings[1]
