"""Positions that several figures begin from."""

from __future__ import annotations

import math

from audioguide.export.figures.skeleton import FOOT, SHIN, THIGH, Bent, Limb, Pose, Reach

HANDS_ON_HIPS = Reach((0.03, 0.98), 190)
RIGHT_LEG = ("right thigh", "right shin", "right foot")
RIGHT_FLANK = "right flank"
RIGHT_ARM = ("right upper arm", "right forearm")
HANGING_ARMS = (Bent(-88, -72), Bent(-77, -60))
"""The far arm is turned forward so that it is seen in the same place as the near one, which hides it."""


def standing(right_arm: Limb, left_arm: Limb) -> Pose:
    """Return a body that stands tall and faces right."""
    return Pose(
        pelvis=(0, THIGH + SHIN),
        spine=(91, 90),
        head=88,
        right_arm=right_arm,
        left_arm=left_arm,
        right_leg=Bent(-90, -90),
        left_leg=Bent(-88, -91),
    )


def facing(right_arm: Limb, left_arm: Limb, feet: float, pelvis: float, away: bool = False) -> Pose:
    """Return a standing body that faces the viewer, or ``away``; ``feet`` is how far each is from the middle."""
    side = 1 if away else -1
    return Pose(
        pelvis=(0, pelvis),
        spine=(90, 90),
        head=90,
        right_arm=right_arm,
        left_arm=left_arm,
        right_leg=Reach((side * feet, 0), 90 - side * 90, (90 - side * 90, 55)),
        left_leg=Reach((-side * feet, 0), 90 + side * 90, (90 + side * 90, 55)),
        across=90 - side * 90,
    )


def prone(slope: float, arm: Limb) -> Pose:
    """Return a straight body, face down on its toes, that rises by ``slope`` degrees towards the head."""
    lean, leg = math.radians(slope), THIGH + SHIN
    ankle_x, ankle_y = -0.85, FOOT * math.cos(lean)
    return Pose(
        pelvis=(ankle_x + leg * math.cos(lean), ankle_y + leg * math.sin(lean)),
        spine=(slope, slope),
        head=slope + 6,
        right_arm=arm,
        left_arm=arm,
        right_leg=Bent(180 + slope, 180 + slope, slope - 90),
        left_leg=Bent(180 + slope, 180 + slope, slope - 90),
    )
