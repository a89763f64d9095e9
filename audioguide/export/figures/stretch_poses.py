"""Positions of the stretches."""

from __future__ import annotations

from audioguide.export.figures.panels import Figure, Panel
from audioguide.export.figures.postures import RIGHT_ARM, RIGHT_LEG
from audioguide.export.figures.props import arc, bed, line, mat, mat_seen, wall
from audioguide.export.figures.skeleton import Bent, Pose, Reach

_FROM_ABOVE = 18
"""Degrees from above, for positions whose legs lie across the floor."""

_FROM_THE_FRONT = 24
"""Degrees by which a body that faces the viewer is turned, so that the leg behind is seen."""

_PIGEON_YAW = -34
"""Degrees by which the pigeon is turned, so that the shin in front is seen along most of its length."""

STRETCH = {
    "half-kneeling": Figure(
        "Kneeling on the {side} knee, the other foot flat in front, both knees at 90 degrees, the tailbone tucked.",
        (
            Panel(
                Pose(
                    pelvis=(0, 0.44),
                    spine=(93, 89),
                    head=88,
                    right_arm=Reach((0.02, 0.56), 190),
                    left_arm=Reach((0.02, 0.56), 190),
                    right_leg=Bent(-90, 180, 180),
                    left_leg=Reach((0.44, 0.02), 0),
                ),
                before=(*mat(-0.65, 0.15), *arc((0.02, 0.5), 0.27, 150, 250)),
                marked=RIGHT_LEG,
                badge=(-0.5, 0.36),
                floor=("right knee", "right ankle", "left ankle"),
            ),
        ),
    ),
    "couch-stretch": Figure(
        "Facing away from a wall, the {side} knee on a cushion in the corner and the shin up the wall, "
        "the other foot in front. The trunk comes upright.",
        tuple(
            Panel(
                Pose(
                    pelvis=pelvis,
                    spine=spine,
                    head=head,
                    right_arm=Reach(hand, 200),
                    left_arm=Reach(hand, 200),
                    right_leg=Bent(thigh, 90, 90),
                    left_leg=Reach((0.28, 0), 45),
                ),
                behind=(*wall(-0.4, 1.25, -1), *line((-0.37, -0.02), (-0.18, -0.02), width=0.05)),
                before=arrows,
                marked=RIGHT_LEG,
                badge=badge,
                floor=("right knee", "left ankle"),
            )
            for pelvis, spine, head, hand, thigh, badge, arrows in (
                ((-0.106, 0.327), (58, 50), 52, (0.26, 0.49), 228, (-0.14, 0.8), ()),
                ((-0.18, 0.385), (84, 88), 90, (0.2, 0.47), 241, (0.46, 0.74), arc((-0.18, 0.385), 0.72, 38, 62)),
            )
        ),
    ),
    "supine-hang": Figure(
        "On the back at the edge of a bed, the {side} leg hanging over the edge, both hands around the other knee.",
        (
            Panel(
                Pose(
                    pelvis=(0, 0.69),
                    spine=(180, 180),
                    head=168,
                    right_arm=Reach((-0.2, 1.02, 0), 200),
                    left_arm=Reach((-0.2, 1.02, 0), 200),
                    right_leg=Bent(-22, -88, -35),
                    left_leg=Bent(115, -42, 0),
                ),
                behind=bed(-0.95, 0.08, 0.62),
                marked=RIGHT_LEG,
                badge=(0.7, 0.62),
            ),
        ),
    ),
    "low-lunge-reach": Figure(
        "Seen from the front: deep lunge, {side} knee down, {side} arm overhead. Then leaning to the other side.",
        tuple(
            Panel(
                Pose(
                    pelvis=(0, 0.33),
                    spine=spine,
                    head=head,
                    right_arm=arm,
                    left_arm=Reach(hand, (0, 10)),
                    right_leg=Bent((-90, -41.4), (-90, -90), (-90, -90)),
                    left_leg=Reach((0.12, 0, 0.4), (0, 90), (0, 90)),
                    across=180,
                    across_shoulders=shoulders,
                ),
                yaw=_FROM_THE_FRONT,
                pitch=_FROM_ABOVE,
                behind=mat_seen((-0.35, 0.35), (-0.95, 0.65), _FROM_THE_FRONT, _FROM_ABOVE),
                before=arrows,
                marked=(*RIGHT_LEG, *RIGHT_ARM),
                badge=(-0.5, 0.6),
                floor=("right knee", "right ankle", "left ankle"),
            )
            for spine, head, arm, hand, shoulders, arrows in (
                ((90, 90), 90, Bent(97, 92), (0.2, 0.45, 0.2), 180, ()),
                ((84, 66), 62, Bent(72, 52), (0.2, 0.42, 0.25), 150, arc((0, 0.33), 0.98, 108, 82)),
            )
        ),
    ),
    "pigeon": Figure(
        "From a push-up position the other knee comes forward, its shin across on the floor; "
        "the {side} leg is straight behind, the trunk upright, both hands on the floor.",
        (
            Panel(
                Pose(
                    pelvis=(-0.038, 0.444),
                    spine=(19.3, 19.3),
                    head=25,
                    right_arm=Bent(-90, -90),
                    left_arm=Bent(-90, -90),
                    right_leg=Bent(199.3, 199.3, -71),
                    left_leg=Bent(199.3, 199.3, -71),
                ),
                yaw=_PIGEON_YAW,
                pitch=_FROM_ABOVE,
                behind=mat_seen((-1.0, 0.65), (-0.3, 0.35), _PIGEON_YAW, _FROM_ABOVE),
                before=arc((-0.13, -0.2), 0.45, 150, 60),
                marked=RIGHT_LEG,
                dark=("left leg",),
                floor=("right hand", "right toe"),
            ),
            Panel(
                Pose(
                    pelvis=(0, 0.09),
                    spine=(72, 80),
                    head=86,
                    right_arm=Reach((0.05, 0.01, 0.28), (180, 30)),
                    left_arm=Reach((0.2, 0.01, -0.24), (180, -30)),
                    right_leg=Bent(186, 186, 180),
                    left_leg=Reach((0.27, 0.0, 0.19), (0, -40), (180, 50)),
                ),
                yaw=_PIGEON_YAW,
                pitch=_FROM_ABOVE,
                behind=mat_seen((-1.0, 0.65), (-0.3, 0.35), _PIGEON_YAW, _FROM_ABOVE),
                marked=RIGHT_LEG,
                dark=("left leg",),
                badge=(-0.6, 0.5),
                floor=("right ankle", "left ankle", "right hand", "left hand"),
            ),
        ),
    ),
}
