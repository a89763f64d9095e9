"""What a figure is: one position or two, each a posed body with the things about it."""

from __future__ import annotations

from msgspec import Struct

from audioguide.export.figures.shapes import Point, Shape
from audioguide.export.figures.skeleton import Pose

_YAW = 22
"""Degrees by which a body is turned unless stated, so that its far limbs are seen beside the near ones."""


class Panel(Struct, frozen=True):
    """One position.

    Attributes:
        pose: the body.
        marked: the bones that are worked on one side, such as ``right thigh``, and ``right flank``.
        yaw: degrees by which it is turned about the vertical; above 0, its near side moves to the right.
        pitch: degrees from above the horizontal that it is seen from; the floor is then no line, and a mat shows it.
        dark: far limbs that are drawn as dark as near ones, as they move: ``left leg``.
        behind: things that the body hides.
        before: things that hide the body, and arrows.
        badge: where the letter of the side stands.
        floor: joints that touch the floor.
    """

    pose: Pose
    marked: tuple[str, ...] = ()
    yaw: float = _YAW
    pitch: float = 0.0
    dark: tuple[str, ...] = ()
    behind: tuple[Shape, ...] = ()
    before: tuple[Shape, ...] = ()
    badge: Point | None = None
    floor: tuple[str, ...] = ()


class Figure(Struct, frozen=True):
    """What is drawn for an exercise; it is made for the right side.

    Attributes:
        words: the same in words; ``{side}`` is the side that works.
        panels: the position, or start and end.
    """

    words: str
    panels: tuple[Panel, ...]

    @property
    def sided(self) -> bool:
        """Whether it differs for the other side."""
        return any(panel.badge for panel in self.panels)
