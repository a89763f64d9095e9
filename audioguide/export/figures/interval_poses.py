"""Positions of the interval workout."""

from __future__ import annotations

from audioguide.export.figures.panels import Figure, Panel
from audioguide.export.figures.postures import HANGING_ARMS, RIGHT_ARM, RIGHT_FLANK, RIGHT_LEG, facing, prone, standing
from audioguide.export.figures.props import arc, arrow, chair, mat, wall
from audioguide.export.figures.skeleton import Bent, Pose, Reach

_STAND_TALL = Panel(standing(*HANGING_ARMS), floor=("right ankle", "left ankle"))

INTERVAL = {
    "jumping-jacks": Figure(
        "Seen from the front: feet together, arms down; then a jump to feet apart, arms up.",
        (
            Panel(facing(Bent(258, 268), Bent(-78, -88), feet=0.09, pelvis=0.855), yaw=0, floor=("right ankle",)),
            Panel(
                facing(Bent(128, 105), Bent(52, 75), feet=0.42, pelvis=0.785),
                yaw=0,
                before=(*arc((0, 1.3), 0.66, 200, 165), *arc((0, 1.3), 0.66, -20, 15)),
                floor=("right ankle", "left ankle"),
            ),
        ),
    ),
    "wall-sit": Figure(
        "Back against a wall, knees bent, thighs level.",
        (
            Panel(
                Pose(
                    pelvis=(0, 0.43),
                    spine=(90, 90),
                    head=78,
                    right_arm=Bent(-86, -50),
                    left_arm=Bent(-84, -46),
                    right_leg=Reach((0.44, 0), 45),
                    left_leg=Reach((0.47, 0), 45),
                ),
                behind=wall(-0.14, 1.45, -1),
                floor=("right ankle", "left ankle"),
            ),
        ),
    ),
    "push-ups": Figure(
        "Face down, hands under the shoulders, body straight. The elbows bend until the chest is near the floor.",
        (
            Panel(prone(18, Reach((0.44, 0), 180)), floor=("right hand", "right toe")),
            Panel(
                prone(2, Reach((0.44, 0), 120)),
                before=arrow((0.2, 0.62), (0.2, 0.34), both=True),
                floor=("right hand", "right toe"),
            ),
        ),
    ),
    "crunches": Figure(
        "On the back, knees bent, hands behind the head. The shoulders curl up from the floor.",
        tuple(
            Panel(
                Pose(
                    pelvis=(0, 0.02),
                    spine=spine,
                    head=head,
                    right_arm=Reach(hand, elbow),
                    left_arm=Reach(hand, elbow),
                    right_leg=Reach((0.42, 0), 90),
                    left_leg=Reach((0.48, 0), 90),
                ),
                before=(*mat(-0.85, 0.7), *arrows),
                floor=("right ankle", "left ankle"),
            )
            for spine, head, hand, elbow, arrows in (
                ((180, 180), 165, (-0.78, 0.08), 100, ()),
                ((178, 148), 128, (-0.66, 0.38), 60, arc((-0.2, 0.05), 0.75, 172, 140)),
            )
        ),
    ),
    "step-ups": Figure(
        "One foot on a chair; then stepping up until both feet stand on it, legs in turn.",
        (
            Panel(
                Pose(
                    pelvis=(-0.05, 0.85),
                    spine=(86, 84),
                    head=86,
                    right_arm=Bent(-105, -60),
                    left_arm=Bent(-70, -30),
                    right_leg=Reach((0.42, 0.52), 45),
                    left_leg=Reach((-0.08, 0), 0),
                ),
                behind=chair(0.5, 0.45, 1),
                floor=("left ankle",),
            ),
            Panel(
                Pose(
                    pelvis=(0.48, 1.37),
                    spine=(91, 90),
                    head=88,
                    right_arm=Bent(-92, -86),
                    left_arm=Bent(-81, -74),
                    right_leg=Bent(-90, -90),
                    left_leg=Bent(-87, -92),
                ),
                behind=chair(0.5, 0.45, 1),
                before=arrow((0.05, 0.75), (0.05, 1.25)),
            ),
        ),
    ),
    "squats": Figure(
        "Standing, feet apart. The hips sit back and down, heels on the floor, arms in front.",
        (
            _STAND_TALL,
            Panel(
                Pose(
                    pelvis=(-0.3, 0.42),
                    spine=(52, 56),
                    head=68,
                    right_arm=Reach((0.55, 0.88, 0.02), -90),
                    left_arm=Reach((0.55, 0.88, -0.02), -90),
                    right_leg=Reach((-0.02, 0, 0.18), 30),
                    left_leg=Reach((-0.02, 0, -0.18), 30),
                ),
                yaw=-22,
                before=arrow((-0.6, 0.95), (-0.6, 0.6)),
                floor=("right ankle", "left ankle"),
            ),
        ),
    ),
    "triceps-dips": Figure(
        "Hands on the edge of a chair behind, legs in front. The elbows bend and the hips sink.",
        tuple(
            Panel(
                Pose(
                    pelvis=pelvis,
                    spine=(93, 92),
                    head=88,
                    right_arm=Reach((-0.235, 0.515), elbow),
                    left_arm=Reach((-0.2, 0.515), elbow),
                    right_leg=Reach((0.6, 0), 90, 60),
                    left_leg=Reach((0.6, 0), 90, 60),
                ),
                behind=chair(-0.36, 0.45, -1),
                before=arrows,
                floor=("right ankle", "left ankle"),
            )
            for pelvis, elbow, arrows in (
                ((-0.02, 0.57), 180, ()),
                ((0.02, 0.28), 160, arrow((0.28, 0.98), (0.28, 0.64))),
            )
        ),
    ),
    "plank": Figure(
        "Face down on the forearms and toes, body straight, held still.",
        (Panel(prone(5.2, Bent(-90, 0)), before=mat(-0.95, 0.9), floor=("right elbow", "right hand", "right toe")),),
    ),
    "high-knees": Figure(
        "Running on the spot, each knee in turn as high as the hip.",
        tuple(
            Panel(
                Pose(
                    pelvis=(0, 0.86),
                    spine=(90, 88),
                    head=88,
                    right_arm=Bent(230, -40) if right else Bent(-50, 50),
                    left_arm=Bent(-50, 50) if right else Bent(230, -40),
                    right_leg=Bent(5, -95, -10) if right else Bent(-90, -90),
                    left_leg=Bent(-90, -90) if right else Bent(5, -95, -10),
                ),
                before=arrow((0.62, 0.6), (0.62, 0.95)),
                floor=("left ankle" if right else "right ankle",),
            )
            for right in (True, False)
        ),
    ),
    "lunges": Figure(
        "Standing; then a long step forward and down, both knees bent, the back knee just above the floor.",
        (
            _STAND_TALL,
            Panel(
                Pose(
                    pelvis=(0.1, 0.5),
                    spine=(91, 90),
                    head=88,
                    right_arm=Reach((0.13, 0.62), 190),
                    left_arm=Reach((0.13, 0.62), 190),
                    right_leg=Reach((0.5, 0), 0),
                    left_leg=Reach((-0.42, 0.16), -45, -70),
                ),
                before=arrow((0.42, 0.98), (0.42, 0.68)),
                floor=("right ankle", "left toe"),
            ),
        ),
    ),
    "push-up-rotation": Figure(
        "A push-up; then, arms straight, the body turns to the side and one arm reaches up, sides in turn.",
        (
            Panel(prone(2, Reach((0.44, 0), 120)), floor=("right hand", "right toe")),
            Panel(
                Pose(
                    pelvis=(-0.05, 0.5),
                    spine=(28, 28),
                    head=28,
                    right_arm=Bent(90, 90),
                    left_arm=Bent(-90, -90),
                    right_leg=Bent(213, 213, (210, 60)),
                    left_leg=Bent(208, 208, (205, 60)),
                    across=118,
                ),
                yaw=0,
                before=arc((0.4, 0.75), 0.5, 35, 70),
                floor=("left hand",),
            ),
        ),
    ),
    "side-plank": Figure(
        "On the {side} forearm and the side of the foot, hips up, body in one straight line.",
        (
            Panel(
                Pose(
                    pelvis=(0, 0.32),
                    spine=(165, 165),
                    head=165,
                    right_arm=Bent(-90, 180),
                    left_arm=Reach((-0.04, 0.47, 0.05), 90),
                    right_leg=Bent(345, 345, (-10, 50)),
                    left_leg=Bent(338, 338, (-10, 50)),
                    across=255,
                ),
                yaw=0,
                before=(*mat(-1.0, 1.1), *arrow((-0.14, 0.0), (-0.14, 0.18))),
                marked=(*RIGHT_ARM, RIGHT_FLANK, *RIGHT_LEG),
                badge=(0.6, 0.55),
                floor=("right elbow", "right hand", "right ankle"),
            ),
        ),
    ),
}
