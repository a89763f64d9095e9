"""Positions of the strength exercises on the floor."""

from __future__ import annotations

from msgspec.structs import replace

from audioguide.export.figures.panels import Figure, Panel
from audioguide.export.figures.postures import RIGHT_ARM, RIGHT_LEG
from audioguide.export.figures.props import arc, arrow, mat
from audioguide.export.figures.skeleton import Bent, Pose, Reach

_ON_THE_BACK = Pose(
    pelvis=(0, 0.02),
    spine=(180, 180),
    head=165,
    right_arm=Bent(-2, 0),
    left_arm=Bent(-2, 0),
    right_leg=Reach((0.42, 0), 90),
    left_leg=Reach((0.42, 0), 90),
)
_HIPS_LIFTED = replace(_ON_THE_BACK, pelvis=(-0.046, 0.232), spine=(205, 205))

STRENGTHEN = {
    "glute-bridge": Figure(
        "On the back, knees bent, feet flat. The hips lift until shoulders, hips and knees are in line.",
        (
            Panel(
                _ON_THE_BACK,
                before=mat(-0.85, 0.7),
                floor=("right ankle", "right hand"),
            ),
            Panel(
                _HIPS_LIFTED,
                before=(*mat(-0.85, 0.7), *arrow((-0.06, 0.37), (-0.06, 0.62))),
                floor=("right ankle", "right hand"),
            ),
        ),
    ),
    "single-leg-bridge": Figure(
        "On the back, {side} foot flat, the other leg stretched out. The hips lift on the {side} foot.",
        (
            Panel(
                replace(_ON_THE_BACK, left_leg=Bent(20, 20, 95)),
                before=mat(-0.85, 0.7),
                marked=RIGHT_LEG,
                badge=(0.28, 0.62),
                floor=("right ankle", "right hand"),
            ),
            Panel(
                replace(_HIPS_LIFTED, left_leg=Bent(23, 23, 98)),
                before=(*mat(-0.85, 0.7), *arrow((-0.06, 0.37), (-0.06, 0.62))),
                marked=RIGHT_LEG,
                badge=(0.28, 0.7),
                floor=("right ankle", "right hand"),
            ),
        ),
    ),
    "dead-bug": Figure(
        "On the back, arms to the ceiling, knees bent above the hips. "
        "The {side} arm reaches overhead and the opposite leg stretches away.",
        (
            Panel(
                Pose(
                    pelvis=(0, 0.02),
                    spine=(180, 180),
                    head=165,
                    right_arm=Bent(92, 90),
                    left_arm=Bent(88, 86),
                    right_leg=Bent(90, 2, 92),
                    left_leg=Bent(84, -2, 88),
                ),
                before=mat(-0.85, 0.7),
            ),
            Panel(
                Pose(
                    pelvis=(0, 0.02),
                    spine=(180, 180),
                    head=165,
                    right_arm=Bent(160, 170),
                    left_arm=Bent(88, 86),
                    right_leg=Bent(90, 2, 92),
                    left_leg=Bent(10, 10, 92),
                ),
                before=(*mat(-0.85, 0.7), *arc((-0.5, 0.04), 0.64, 92, 140), *arc((0.0, 0.02), 0.71, 44, 24)),
                marked=RIGHT_ARM,
                dark=("left leg",),
                badge=(-0.22, 0.36),
            ),
        ),
    ),
    "side-lying-abduction": Figure(
        "Lying on one side, legs stacked. The {side} leg, on top, lifts straight up to about 45 degrees.",
        tuple(
            Panel(
                Pose(
                    pelvis=(0, 0.1),
                    spine=(8, 8),
                    head=5,
                    right_arm=Reach((0.2, 0.02, 0.25), 150),
                    left_arm=Bent(0, 0),
                    right_leg=leg,
                    left_leg=Bent(180, 180, (180, 60)),
                    across=95,
                    across_shoulders=98,
                ),
                yaw=0,
                before=(*mat(-1.1, 0.85), *arrows),
                marked=RIGHT_LEG,
                badge=badge,
                floor=("left ankle", "left elbow"),
            )
            for leg, arrows, badge in (
                (Bent(185, 186, (185, 60)), (), (-0.35, 0.42)),
                (Bent(137, 137, (150, 60)), arc((0.0, 0.2), 0.6, 172, 146), (-0.15, 0.72)),
            )
        ),
    ),
    "bird-dog": Figure(
        "On hands and knees. The {side} arm reaches forward and the opposite leg straight back.",
        (
            Panel(
                Pose(
                    pelvis=(0, 0.44),
                    spine=(12, 13),
                    head=-5,
                    right_arm=Reach((0.56, 0), 180),
                    left_arm=Reach((0.5, 0), 180),
                    right_leg=Bent(-90, 180, 180),
                    left_leg=Bent(-84, 180, 180),
                ),
                before=mat(-0.75, 0.75),
                floor=("right hand", "left hand", "right knee", "right ankle", "left knee"),
            ),
            Panel(
                Pose(
                    pelvis=(0, 0.44),
                    spine=(12, 13),
                    head=-18,
                    right_arm=Bent(20, 16),
                    left_arm=Reach((0.5, 0), 180),
                    right_leg=Bent(-90, 180, 180),
                    left_leg=Bent(174, 174, 250),
                ),
                before=mat(-0.75, 0.75),
                marked=RIGHT_ARM,
                dark=("left leg",),
                badge=(0.62, 0.98),
                floor=("left hand", "right knee", "right ankle"),
            ),
        ),
    ),
}
