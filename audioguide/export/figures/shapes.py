"""Flat shapes that figures are made of, and the widths of what they show."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

Point = tuple[float, float]
Line = tuple[Point, ...]

LIMB, ARM, FOOT_WIDTH, TRUNK, NECK_WIDTH, HEAD = 0.095, 0.075, 0.06, 0.155, 0.085, 0.23
"""Widths in metres of legs, arms, feet, the edge of the trunk and the neck, and the head across."""

GROUND = -LIMB / 2
"""Height of the floor's surface: limbs lie on it with half their width below their middle."""


class Tone(StrEnum):
    """What a shape is drawn in; the letter is its class in SVG."""

    INK = "i"
    FAR = "f"
    MARK = "m"
    PAPER = "p"
    THING = "t"


class Shape(Struct, frozen=True):
    """Lines with round ends and joints.

    Attributes:
        lines: each a row of points; a single point is a dot.
        tone: what it is drawn in.
        width: of the lines, in metres.
        filled: whether the lines are closed and filled.
    """

    lines: tuple[Line, ...]
    tone: Tone
    width: float
    filled: bool = False

    def moved(self, x: float, y: float) -> Shape:
        """Return it moved."""
        return replace(self, lines=tuple(tuple((px + x, py + y) for px, py in line) for line in self.lines))

    def turned_about(self, x: float) -> Shape:
        """Return it mirrored about the vertical line at ``x``."""
        return replace(self, lines=tuple(tuple((2 * x - px, py) for px, py in line) for line in self.lines))
