"""Lays the panels of a figure out: in one frame, mirrored for the left side, with the letter of the side."""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from audioguide.export.figures.body import body_of
from audioguide.export.figures.panels import Figure
from audioguide.export.figures.shapes import GROUND, Point, Shape, Tone
from audioguide.export.figures.side_letters import SIDE_LETTERS
from audioguide.model.kinds import Side

ROOM, LEAST_WIDTH = 0.07, 0.8
"""Free space about a panel's contents, and the least width of one, in metres."""

GAP = 0.28
"""Between two panels, where an arrow shows which comes first, in metres."""

_FLOOR_WIDTH = 0.018
_FLOOR = GROUND - _FLOOR_WIDTH / 2


class Drawing(Struct, frozen=True):
    """A finished figure: y grows downwards, (0, 0) is the upper left corner, lengths in metres.

    Attributes:
        width: of the whole.
        height: of the whole.
        panels: the shapes of each panel, in its own coordinates and as they are for the right side.
        corners: the upper left corner of each panel.
        panel_width: of one panel.
        mirrored: whether each panel is to be turned about its middle.
        marks: shapes on the whole that are never turned: letters, and the arrow from start to end.
    """

    width: float
    height: float
    panels: tuple[tuple[Shape, ...], ...]
    corners: tuple[Point, ...]
    panel_width: float
    mirrored: bool
    marks: tuple[Shape, ...]

    def shapes(self) -> Iterator[Shape]:
        """Yield all shapes on the whole, in the order in which they are drawn."""
        for (x, y), panel in zip(self.corners, self.panels, strict=True):
            for shape in panel:
                yield (shape.turned_about(self.panel_width / 2) if self.mirrored else shape).moved(x, y)
        yield from self.marks


def drawing_of(figure: Figure, side: Side | None = None, square: bool = False, letters: str = "LR") -> Drawing:
    """Return ``figure``.

    Args:
        figure: what is drawn.
        side: the side that works, whose letter is drawn too; None for any side, without a letter.
        square: whether it is for a square, in which two wide panels are larger one below the other.
        letters: those of the left and the right side, of `SIDE_LETTERS`.
    """
    mirrored = figure.sided and side is Side.LEFT
    bodies = [tuple(body_of(panel)) for panel in figure.panels]
    # One frame for both panels, so that what stays in its place does so in the picture.
    contents = [shape for shapes in bodies for shape in shapes]
    for panel in figure.panels:
        contents += [*panel.before, *(_badge(panel.badge, letters[1]) if panel.badge else ())]
    frame = _Frame.around(contents)
    step_x, step_y = frame.width + GAP, 0.0
    if square and frame.height + GAP < frame.width:
        step_x, step_y = 0.0, frame.height + GAP / 2
    panels, corners = [], []
    marks: list[Shape] = []
    for number, (panel, body) in enumerate(zip(figure.panels, bodies, strict=True)):
        # After the body, as the free space around limbs would break it.
        floor = Shape((((frame.left, _FLOOR), (frame.right, _FLOOR)),), Tone.THING, _FLOOR_WIDTH)
        floors = () if panel.pitch else (floor,)
        panels.append(tuple(frame.placed(shape) for shape in (*body, *floors, *panel.before)))
        x, y = number * step_x, number * step_y
        corners.append((x, y))
        if panel.badge is not None and side is not None:
            badge_x, badge_y = frame.at(panel.badge)
            marks += _badge(
                (x + (frame.width - badge_x if mirrored else badge_x), y + badge_y), letters[side is Side.RIGHT]
            )
        if number:
            marks.append(
                _next_arrow((frame.width / 2, y - GAP / 4), 90)
                if step_y
                else _next_arrow((x - GAP / 2, frame.height - min(frame.height / 2, 0.6)), 0)
            )
    last_x, last_y = corners[-1]
    return Drawing(
        width=last_x + frame.width,
        height=last_y + frame.height,
        panels=tuple(panels),
        corners=tuple(corners),
        panel_width=frame.width,
        mirrored=mirrored,
        marks=tuple(marks),
    )


class _Frame(Struct, frozen=True):
    """The edges of a panel where y grows upwards, and how points in it are placed where y grows downwards."""

    left: float
    right: float
    top: float
    bottom: float

    @classmethod
    def around(cls, shapes: list[Shape]) -> _Frame:
        points = [
            (x, y, shape.width / 2)
            for shape in shapes
            if shape.tone is not Tone.PAPER
            for line in shape.lines
            for x, y in line
        ]
        left, right = min(x - half for x, _, half in points), max(x + half for x, _, half in points)
        more = max(LEAST_WIDTH - 2 * ROOM - (right - left), 0) / 2
        return cls(
            left - ROOM - more,
            right + ROOM + more,
            max(y + half for _, y, half in points) + ROOM,
            min(_FLOOR, min(y - half for _, y, half in points)) - ROOM,
        )

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def at(self, point: Point) -> Point:
        return point[0] - self.left, self.top - point[1]

    def placed(self, shape: Shape) -> Shape:
        return replace(shape, lines=tuple(tuple(map(self.at, line)) for line in shape.lines))


def _badge(at: Point, letter: str) -> Iterator[Shape]:
    """Yield the letter of a side in a disc; y grows downwards."""
    x, y = at
    yield Shape(((at,),), Tone.MARK, 0.27)
    yield Shape(((at,),), Tone.PAPER, 0.225)
    lines = SIDE_LETTERS[letter]
    yield Shape(tuple(tuple((x + across, y + down) for across, down in line) for line in lines), Tone.MARK, 0.034)


def _next_arrow(at: Point, degrees: float) -> Shape:
    """Return the arrow between two panels: to the right, or turned clockwise; y grows downwards."""
    turn = math.radians(degrees)
    sin, cos = math.sin(turn), math.cos(turn)
    corners = ((-0.05, -0.07), (0.05, 0.0), (-0.05, 0.07))
    points = tuple((at[0] + x * cos - y * sin, at[1] + x * sin + y * cos) for x, y in corners)
    return Shape((points,), Tone.FAR, 0.035)
