"""Positions of the release exercises: with a foam roller or balls."""

from __future__ import annotations

from audioguide.export.figures.panels import Figure, Panel
from audioguide.export.figures.props import arrow, ball, dot, roller
from audioguide.export.figures.shapes import Tone
from audioguide.export.figures.skeleton import Bent, Pose, Reach

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
                marked=("right thigh",),
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
                before=(dot(0.0, 0.008, 0.11, Tone.MARK), dot(0.0, 0.008, 0.04, Tone.PAPER), *arrows),
                badge=(0.04, height + 0.3),
                floor=("right elbow", "right hand", "right knee", "right ankle"),
            )
            for height, spine, thigh, arrows in (
                (0.33, (-2, -7), 228.6, ()),
                (0.13, (15, 22), 197.2, arrow((-0.2, 0.52), (-0.2, 0.26))),
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
                    right_leg=Bent(-5, -8, (-8, 50)),
                    left_leg=Reach((0.4, 0, 0.25), 90, (-5, 20)),
                    across=265,
                    across_shoulders=240,
                ),
                yaw=0,
                before=(*roller(0.1, 0.028), *arrow((0.0, 0.62), (0.34, 0.62), both=True)),
                marked=("right thigh",),
                badge=(-0.16, 0.76),
                floor=("right elbow", "right hand", "left ankle"),
            ),
        ),
    ),
    "spinal-double-ball": Figure(
        "On the back, knees bent, two balls under the lower back; small movements up and down.",
        (
            Panel(
                Pose(
                    pelvis=(0, 0.05),
                    spine=(160, 199),
                    head=165,
                    right_arm=Reach((0.02, 0.2), 90),
                    left_arm=Reach((0.02, 0.2), 90),
                    right_leg=Reach((0.46, 0), 90),
                    left_leg=Reach((0.52, 0), 90),
                ),
                before=(*ball(-0.24, 0.003), *ball(-0.15, 0.003), *arrow((-0.38, 0.44), (-0.02, 0.44), both=True)),
                floor=("right ankle", "left ankle"),
            ),
        ),
    ),
}
