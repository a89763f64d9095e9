"""A jointed body: bones of fixed lengths, posed by angles or by where a hand or foot is, as joints in space.

Metres. x points to the right of the picture, y up, z towards the viewer; the floor is y = 0 for the middle of a limb.
A body that faces right has its right side nearest to the viewer.
"""

from __future__ import annotations

import math

from msgspec import Struct

Vector = tuple[float, float, float]
Angle = float | tuple[float, float]
"""Degrees: 0 to the right, 90 up, 180 to the left; with a second number, so many degrees out of the picture's plane."""

Target = tuple[float, float] | tuple[float, float, float]
"""Where a hand or foot is; without z, in the plane of its shoulder or hip."""

UPPER_ARM, FOREARM = 0.29, 0.30
"""The forearm with the hand."""

THIGH, SHIN, FOOT = 0.44, 0.42, 0.17
LOW_SPINE, HIGH_SPINE, NECK = 0.22, 0.28, 0.20
"""From the pelvis to the waist, on to the shoulders, and on to the middle of the head."""

HALF_SHOULDERS, HALF_WAIST, HALF_HIPS = 0.16, 0.07, 0.09
"""From the spine to a shoulder, to the side of the waist, and to a hip."""


class Bent(Struct, frozen=True):
    """A limb by the angles of its bones: upper and lower, and for a leg the foot."""

    upper: Angle
    lower: Angle
    foot: Angle = 0


class Reach(Struct, frozen=True):
    """A limb by where its end is, the wrist or ankle; ``bend`` is the angle to which its elbow or knee points."""

    to: Target
    bend: Angle
    foot: Angle = 0


Limb = Bent | Reach


class Pose(Struct, frozen=True):
    """How a body is placed.

    Attributes:
        pelvis: where the middle of the pelvis is.
        spine: angles of the lower and the upper part of the spine, from the pelvis up.
        head: angle of the neck.
        right_arm: the limb; left is the other.
        left_arm: see above.
        right_leg: see above.
        left_leg: see above.
        across: from the left hip to the right one; towards the viewer unless stated, for a body that faces right.
        across_shoulders: the same for the shoulders where the trunk is turned.
    """

    pelvis: Target
    spine: tuple[Angle, Angle]
    head: Angle
    right_arm: Limb
    left_arm: Limb
    right_leg: Limb
    left_leg: Limb
    across: Angle = (0, 90)
    across_shoulders: Angle | None = None


def direction(angle: Angle) -> Vector:
    """Return the unit vector of ``angle``."""
    plane, out = map(math.radians, angle if isinstance(angle, tuple) else (angle, 0.0))
    return math.cos(plane) * math.cos(out), math.sin(plane) * math.cos(out), math.sin(out)


def joints_of(pose: Pose) -> dict[str, Vector]:
    """Return where each joint of ``pose`` is, by its name such as ``right knee``.

    Raises:
        ValueError: when a hand or foot is further away than its limb is long.
    """
    pelvis = _at(pose.pelvis, 0.0)
    waist = _along(pelvis, pose.spine[0], LOW_SPINE)
    neck = _along(waist, pose.spine[1], HIGH_SPINE)
    hips = pose.across
    shoulders = pose.across if pose.across_shoulders is None else pose.across_shoulders
    joints = {"pelvis": pelvis, "waist": waist, "neck": neck, "head": _along(neck, pose.head, NECK)}
    limbs = (("right", 1, pose.right_arm, pose.right_leg), ("left", -1, pose.left_arm, pose.left_leg))
    for side, sign, arm, leg in limbs:
        joints[f"{side} shoulder"] = _along(neck, shoulders, sign * HALF_SHOULDERS)
        joints[f"{side} waist"] = _along(waist, hips, sign * HALF_WAIST)
        joints[f"{side} hip"] = _along(pelvis, hips, sign * HALF_HIPS)
        joints[f"{side} elbow"], joints[f"{side} hand"] = _ends(joints[f"{side} shoulder"], arm, UPPER_ARM, FOREARM)
        joints[f"{side} knee"], joints[f"{side} ankle"] = _ends(joints[f"{side} hip"], leg, THIGH, SHIN)
        joints[f"{side} toe"] = _along(joints[f"{side} ankle"], leg.foot, FOOT)
    return joints


def seen(point: Vector, yaw: float, pitch: float = 0.0) -> Vector:
    """Return ``point`` turned by ``yaw`` degrees about the vertical and seen from ``pitch`` degrees above.

    Its z is how near it is to the viewer.
    """
    x, y, z = point
    turn, tilt = math.radians(yaw), math.radians(pitch)
    x, z = x * math.cos(turn) + z * math.sin(turn), z * math.cos(turn) - x * math.sin(turn)
    return x, y * math.cos(tilt) - z * math.sin(tilt), z * math.cos(tilt) + y * math.sin(tilt)


def _ends(root: Vector, limb: Limb, upper: float, lower: float) -> tuple[Vector, Vector]:
    """Return the middle joint and the end of a limb that begins at ``root``."""
    if isinstance(limb, Bent):
        middle = _along(root, limb.upper, upper)
        return middle, _along(middle, limb.lower, lower)
    end = _at(limb.to, root[2])
    distance = math.dist(root, end)
    if not abs(upper - lower) < distance <= upper + lower:
        raise ValueError(f"a limb of {upper} and {lower} m can't span {distance:.3f} m")
    axis = _scaled(_minus(end, root), 1 / distance)
    # The middle joint lies on a circle about the line from root to end, at this place along it and this far from it.
    along = (distance**2 + upper**2 - lower**2) / (2 * distance)
    away = math.sqrt(max(upper**2 - along**2, 0))
    pole = direction(limb.bend)
    pole = _minus(pole, _scaled(axis, sum(map(float.__mul__, pole, axis))))
    pole = _scaled(pole, 1 / (math.hypot(*pole) or 1))
    return _plus(root, _plus(_scaled(axis, along), _scaled(pole, away))), end


def _at(target: Target, z: float) -> Vector:
    return (float(target[0]), float(target[1]), float(target[2]) if len(target) == 3 else z)


def _along(start: Vector, angle: Angle, length: float) -> Vector:
    return _plus(start, _scaled(direction(angle), length))


def _plus(one: Vector, other: Vector) -> Vector:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _minus(one: Vector, other: Vector) -> Vector:
    return one[0] - other[0], one[1] - other[1], one[2] - other[2]


def _scaled(vector: Vector, factor: float) -> Vector:
    return vector[0] * factor, vector[1] * factor, vector[2] * factor
