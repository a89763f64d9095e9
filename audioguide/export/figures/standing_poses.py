"""Positions of what is done standing or sitting."""

from __future__ import annotations

import math

from audioguide.export.figures.panels import Figure, Panel
from audioguide.export.figures.postures import HANDS_ON_HIPS, RIGHT_LEG, facing, standing
from audioguide.export.figures.props import arc, arrow, chair, line
from audioguide.export.figures.shapes import Shape, Tone
from audioguide.export.figures.skeleton import Bent, Pose, Reach


def _band(x: float, y: float) -> tuple[Shape, ...]:
    return (*line((0.78, 0.06), (x, y), width=0.022, tone=Tone.MARK), *line((0.8, -0.03), (0.8, 0.2), width=0.07))


_WAVE = tuple((0.2 + 0.03 * step, 0.018 * math.sin(step * 1.1)) for step in range(11))
_AIR = (
    *arrow(*((x, 1.27 + y) for x, y in reversed(_WAVE)), head=0.06),
    *arrow(*((x, 1.14 + y) for x, y in _WAVE), head=0.06),
)
"""Air that flows in and out at the nose."""


def _buttocks(apart: float, tall: float) -> tuple[Shape, ...]:
    """Return both as seen from behind, so far from the middle and so tall."""
    turns = [math.radians(30 * step) for step in range(12)]
    both = tuple(
        tuple((x + 0.045 * math.cos(turn), 0.87 + tall * math.sin(turn)) for turn in turns) for x in (-apart, apart)
    )
    return Shape(both, Tone.PAPER, 0.05, filled=True), Shape(both, Tone.MARK, 0.01, filled=True)


STANDING = {
    "banded-hip-extension": Figure(
        "Standing, facing a low anchor, a band around the {side} ankle. The {side} leg moves straight back.",
        (
            Panel(
                standing(HANDS_ON_HIPS, HANDS_ON_HIPS),
                before=_band(0.0, 0.06),
                marked=RIGHT_LEG,
                badge=(-0.3, 0.55),
                floor=("right ankle", "left ankle"),
            ),
            Panel(
                Pose(
                    pelvis=(0, 0.86),
                    spine=(90, 89),
                    head=88,
                    right_arm=HANDS_ON_HIPS,
                    left_arm=HANDS_ON_HIPS,
                    right_leg=Bent(240, 240, -25),
                    left_leg=Bent(-90, -90),
                ),
                before=(*_band(-0.41, 0.14), *arc((0, 0.86), 0.56, 230, 206)),
                marked=RIGHT_LEG,
                badge=(0.32, 0.5),
                floor=("left ankle",),
            ),
        ),
    ),
    "standing-stretch": Figure(
        "Standing tall. The {side} foot steps back and the other knee bends a little, the tailbone tucked.",
        (
            Panel(standing(HANDS_ON_HIPS, HANDS_ON_HIPS), floor=("right ankle", "left ankle")),
            Panel(
                Pose(
                    pelvis=(0, 0.745),
                    spine=(92, 90),
                    head=88,
                    right_arm=Reach((0.03, 0.88), 190),
                    left_arm=Reach((0.03, 0.88), 190),
                    right_leg=Bent(238, 238, -12),
                    left_leg=Reach((0.3, 0), 0),
                ),
                before=(*arc((0.02, 0.8), 0.27, 150, 228), *arrow((-0.56, 0.14), (-0.8, 0.14))),
                marked=RIGHT_LEG,
                badge=(-0.52, 0.55),
                floor=("right ankle", "left ankle"),
            ),
        ),
    ),
    "walk": Figure(
        "Walking at an easy pace, arms swinging.",
        (
            Panel(
                Pose(
                    pelvis=(0, 0.80),
                    spine=(89, 88),
                    head=88,
                    right_arm=Bent(245, 255),
                    left_arm=Bent(-62, -38),
                    right_leg=Reach((0.34, 0.02), 0, 18),
                    left_leg=Reach((-0.36, 0.1), 0, -38),
                ),
                before=arrow((0.42, 0.95), (0.72, 0.95)),
                floor=("left toe",),
            ),
        ),
    ),
    "glute-squeeze": Figure(
        "Standing tall, seen from behind, feet hip-width apart. The buttocks squeeze together, then let go.",
        tuple(
            Panel(
                facing(Reach((0.15, 1.03), 0), Reach((-0.15, 1.03), 180), feet=0.1, pelvis=0.855, away=True),
                yaw=0,
                before=(*_buttocks(apart, tall), *arrows),
                floor=("right ankle", "left ankle"),
            )
            for apart, tall, arrows in (
                (0.1, 0.06, ()),
                (0.06, 0.085, (*arrow((-0.5, 0.86), (-0.23, 0.86)), *arrow((0.5, 0.86), (0.23, 0.86)))),
            )
        ),
    ),
    "box-breath": Figure(
        "Sitting, hands on the thighs, air flowing in and out; "
        "a square of arrows: breathe in, hold, breathe out, hold.",
        (
            Panel(
                Pose(
                    pelvis=(0, 0.53),
                    spine=(92, 90),
                    head=90,
                    right_arm=Reach((0.3, 0.6), 190),
                    left_arm=Reach((0.3, 0.6), 190),
                    right_leg=Reach((0.43, 0), 60),
                    left_leg=Reach((0.46, 0), 60),
                ),
                behind=chair(-0.02, 0.45, -1),
                before=(
                    *_AIR,
                    *arrow((0.72, 0.75), (0.72, 1.25)),
                    *arrow((0.8, 1.33), (1.3, 1.33)),
                    *arrow((1.38, 1.25), (1.38, 0.75)),
                    *arrow((1.3, 0.67), (0.8, 0.67)),
                ),
                floor=("right ankle", "left ankle"),
            ),
        ),
    ),
}
