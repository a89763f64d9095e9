"""Positions of the stretches."""

from __future__ import annotations

from audioguide.export.figures.panels import Figure, Panel
from audioguide.export.figures.props import arc, bed, line, mat, wall
from audioguide.export.figures.skeleton import Bent, Pose, Reach

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
                before=(*mat(-0.65, 0.15), *arc((0, 0.46), 0.24, 165, 236)),
                marked=("right thigh",),
                badge=(-0.5, 0.36),
                floor=("right knee", "right ankle", "left ankle"),
            ),
        ),
    ),
    "couch-stretch": Figure(
        "Facing away from a wall, the {side} knee on a cushion in the corner and the shin up the wall, "
        "the other foot in front. The trunk comes upright.",
        (
            Panel(
                Pose(
                    pelvis=(-0.01, 0.30),
                    spine=(48, 40),
                    head=42,
                    right_arm=Reach((0.42, 0.42), -90),
                    left_arm=Reach((0.42, 0.42), -90),
                    right_leg=Bent(223, 97, 92),
                    left_leg=Reach((0.42, 0), 45),
                ),
                behind=(*wall(-0.46, 1.05, -1), *line((-0.41, -0.02), (-0.2, -0.02), width=0.05)),
                marked=("right thigh",),
                badge=(-0.14, 0.72),
                floor=("right knee", "left ankle"),
            ),
            Panel(
                Pose(
                    pelvis=(-0.18, 0.416),
                    spine=(86, 90),
                    head=90,
                    right_arm=Reach((0.2, 0.49), 200),
                    left_arm=Reach((0.2, 0.49), 200),
                    right_leg=Bent(251, 97, 92),
                    left_leg=Reach((0.34, 0), 0),
                ),
                behind=(*wall(-0.46, 1.05, -1), *line((-0.41, -0.02), (-0.2, -0.02), width=0.05)),
                before=arc((-0.18, 0.416), 0.72, 38, 62),
                marked=("right thigh",),
                badge=(0.46, 0.64),
                floor=("right knee", "left ankle"),
            ),
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
                marked=("right thigh", "right shin"),
                badge=(0.7, 0.62),
            ),
        ),
    ),
    "low-lunge-reach": Figure(
        "Deep lunge, {side} knee down, {side} arm overhead. Then, seen from the front, leaning to the other side.",
        (
            Panel(
                Pose(
                    pelvis=(0, 0.33),
                    spine=(92, 90),
                    head=88,
                    right_arm=Bent(97, 92),
                    left_arm=Reach((0.3, 0.45), 180),
                    right_leg=Bent(228.6, 180, 180),
                    left_leg=Reach((0.4, 0), 0),
                ),
                before=mat(-0.75, 0.0),
                marked=("right thigh", "right upper arm", "right forearm"),
                badge=(-0.35, 0.55),
                floor=("right knee", "right ankle", "left ankle"),
            ),
            Panel(
                Pose(
                    pelvis=(0, 0.33),
                    spine=(84, 66),
                    head=62,
                    right_arm=Bent(72, 52),
                    left_arm=Reach((0.16, 0.42, 0.05), 0),
                    right_leg=Bent((-90, -41.4), (-90, -90), (-90, -90)),
                    left_leg=Reach((0.13, 0, 0.4), (0, 90), (0, 90)),
                    across=180,
                    across_shoulders=150,
                ),
                yaw=0,
                before=arc((0, 0.33), 0.98, 108, 82),
                marked=("right thigh", "right upper arm", "right forearm"),
                badge=(-0.33, 0.55),
                floor=("right knee", "left ankle"),
            ),
        ),
    ),
    "pigeon": Figure(
        "From a push-up position the other knee comes forward, its shin across on the floor; "
        "the {side} leg is straight behind, the trunk upright.",
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
                floor=("right hand", "right toe"),
            ),
            Panel(
                Pose(
                    pelvis=(0, 0.2),
                    spine=(80, 82),
                    head=86,
                    right_arm=Reach((0.06, 0.34), 190),
                    left_arm=Reach((0.06, 0.34), 190),
                    right_leg=Bent(207, 180, 180),
                    left_leg=Bent((-27, -6), (180, 40), (180, 40)),
                ),
                yaw=-16,
                marked=("right thigh",),
                badge=(-0.42, 0.36),
                floor=("right knee", "right ankle", "left knee", "left ankle"),
            ),
        ),
    ),
}
