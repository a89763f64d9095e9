"""The letters that stand for left and right in the languages here, drawn as lines so that they need no font."""

from __future__ import annotations

import math

from audioguide.export.figures.shapes import Line, Point

_LEFT, _MIDDLE, _RIGHT, _TOP, _BOTTOM = -0.042, 0.003, 0.043, -0.065, 0.065
"""Where a letter's edges lie around its middle, in metres; y grows downwards."""


def _arc(middle: Point, across: float, down: float, turn: tuple[float, float]) -> Line:
    """Return an arc of an ellipse from one angle to another, clockwise from the top in sixths of a half turn."""
    start, end = turn
    steps = math.ceil(abs(end - start))
    turns = [math.pi / 6 * (start + (end - start) * step / steps) for step in range(steps + 1)]
    return tuple((middle[0] + across * math.sin(angle), middle[1] - down * math.cos(angle)) for angle in turns)


SIDE_LETTERS: dict[str, tuple[Line, ...]] = {
    "L": (((_LEFT + 0.008, _TOP), (_LEFT + 0.008, _BOTTOM), (_RIGHT, _BOTTOM)),),
    "R": (
        ((_LEFT, _BOTTOM), (_LEFT, _TOP), *_arc((_MIDDLE, _TOP + 0.034), 0.037, 0.034, (0, 6)), (_LEFT, _TOP + 0.068)),
        ((_MIDDLE, _TOP + 0.068), (_RIGHT, _BOTTOM)),
    ),
    "D": (((_LEFT, _BOTTOM), (_LEFT, _TOP), *_arc((-0.012, 0.0), 0.055, 0.065, (0, 6)), (_LEFT, _BOTTOM)),),
    "E": (
        ((_RIGHT - 0.005, _TOP), (_LEFT, _TOP), (_LEFT, _BOTTOM), (_RIGHT - 0.005, _BOTTOM)),
        ((_LEFT, 0.0), (_RIGHT - 0.015, 0.0)),
    ),
    "G": ((*_arc((0.0, 0.0), 0.047, 0.065, (1.5, -9)), (0.047, 0.008), (0.008, 0.008)),),
    "I": (((0.0, _TOP), (0.0, _BOTTOM)),),
    "S": ((*_arc((0.0, -0.032), 0.04, 0.033, (2, -6)), *_arc((0.0, 0.032), 0.04, 0.033, (1, 8))),),
}
"""Each letter's lines around (0, 0)."""
