"""Positions of the release exercises: with a foam roller or balls."""

from __future__ import annotations

from audioguide.export.figures.panels import Figure, Panel
from audioguide.export.figures.postures import RIGHT_LEG
from audioguide.export.figures.props import arrow, ball, dot, line, roller
from audioguide.export.figures.shapes import Shape, Tone
from audioguide.export.figures.skeleton import Bent, Pose, Reach

_BACK_WITH_BALLS = (
    dot(0.8, 0.62, 0.74),
    dot(0.8, 0.62, 0.7, Tone.PAPER),
    dot(0.8, 0.88, 0.12, Tone.INK),
    Shape(
        (((0.69, 0.76), (0.745, 0.62), (0.72, 0.52), (0.88, 0.52), (0.855, 0.62), (0.91, 0.76)),), Tone.INK, 0.07, True
    ),
    *line((0.67, 0.75), (0.62, 0.5), tone=Tone.INK, width=0.05),
    *line((0.93, 0.75), (0.98, 0.5), tone=Tone.INK, width=0.05),
    *line((0.75, 0.5), (0.74, 0.34), tone=Tone.INK, width=0.08),
    *line((0.85, 0.5), (0.86, 0.34), tone=Tone.INK, width=0.08),
    *line((0.8, 0.79), (0.8, 0.51), tone=Tone.PAPER, width=0.02),
    *(dot(x, 0.585, across, tone) for x in (0.745, 0.855) for across, tone in ((0.12, Tone.PAPER), (0.09, Tone.THING))),
)
"""A back as seen from behind, with a ball on each side of the spine."""

RELEASE = {
    "quad-foam-roll": Figure(
        "Face down on the forearms, a foam roller under the {side} thigh. "
        "It rolls from the top of the thigh to just above the knee.",
        tuple(
            Panel(
                Pose(
                    pelvis=(x, 0.17),
                    spine=(9, 18),
                    head=40,
                    right_arm=Bent(-90, 0),
                    left_arm=Bent(-90, 0),
                    right_leg=Bent(183, 181, 195),
                    left_leg=Bent((187, -8), (196, -8), 182),
                ),
                yaw=-14,
                before=(*roller(-0.12, 0.028), *arrow((-0.36, 0.38), (0.12, 0.38), both=True)),
                marked=RIGHT_LEG,
                badge=(-0.12, 0.58),
                floor=("right elbow", "right hand"),
            )
            for x in (-0.02, 0.26)
        ),
    ),
    "psoas-ball": Figure(
        "Face down on the forearms, a ball under the front of the {side} hip. The hips sink onto the ball.",
        tuple(
            Panel(
                Pose(
                    pelvis=(0, height),
                    spine=spine,
                    head=35,
                    right_arm=Bent(-90, 0),
                    left_arm=Bent(-90, 0),
                    right_leg=Bent(thigh, 180, 180),
                    left_leg=Bent(thigh, 180, 180),
                ),
                before=(*ball(0.13, 0.022), *arrows),
                marked=RIGHT_LEG,
                badge=(-0.45, height + 0.3),
                floor=("right elbow", "right hand", "right knee", "right ankle"),
            )
            for height, spine, thigh, arrows in (
                (0.33, (-2, -7), 228.6, ()),
                (0.145, (13, 21), 199.3, arrow((0.06, 0.6), (0.06, 0.32))),
            )
        ),
    ),
    "tfl-foam-roll": Figure(
        "On the {side} side, propped on the forearm, a foam roller under the outer hip; "
        "the other leg is crossed in front, its foot on the floor.",
        (
            Panel(
                Pose(
                    pelvis=(0, 0.26),
                    spine=(168, 150),
                    head=140,
                    right_arm=Bent(-90, 180),
                    left_arm=Reach((-0.02, 0.28, 0.2), 60),
                    right_leg=Bent(-7, -6, (-8, 50)),
                    left_leg=Reach((0.22, 0, 0.25), 60, (-5, 20)),
                    across=265,
                    across_shoulders=240,
                ),
                yaw=0,
                before=(*roller(0.06, 0.028), *arrow((-0.1, 0.66), (0.24, 0.66), both=True)),
                marked=RIGHT_LEG,
                badge=(0.62, 0.42),
                floor=("right elbow", "right hand", "left ankle"),
            ),
        ),
    ),
    "spinal-double-ball": Figure(
        "On the back, knees bent, two balls under the lower back, one on each side of the spine; "
        "small movements up and down.",
        (
            Panel(
                Pose(
                    pelvis=(0, 0.08),
                    spine=(152, 200),
                    head=168,
                    right_arm=Reach((-0.16, 0.27, 0.06), (-90, 70)),
                    left_arm=Reach((-0.22, 0.27, -0.02), (-90, -70)),
                    right_leg=Reach((0.46, 0), 90),
                    left_leg=Reach((0.52, 0), 90),
                ),
                behind=ball(-0.24, 0.032),
                before=(*ball(-0.16, 0.032), *arrow((-0.38, 0.52), (-0.02, 0.52), both=True), *_BACK_WITH_BALLS),
                floor=("right ankle", "left ankle"),
            ),
        ),
    ),
}
