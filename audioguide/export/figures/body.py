"""Draws a posed body: far limbs, trunk and head, near limbs; what is worked on is striped."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from audioguide.export.figures.panels import Panel
from audioguide.export.figures.shapes import ARM, FOOT_WIDTH, HEAD, LIMB, NECK_WIDTH, TRUNK, Line, Point, Shape, Tone
from audioguide.export.figures.skeleton import Vector, joints_of, seen
from audioguide.model.kinds import Side

_HALO = 0.028
"""Free space around a limb that lies before another."""

_FAR = -0.05
"""A limb that begins so far behind the trunk is a far one, in metres."""

_EDGE = 0.09
"""A far limb that is nowhere so far from the near one isn't drawn: less than a limb's width of it would show."""

_STRIPE, _STRIPES_EVERY = 0.022, 0.062
"""Width of the stripes across a worked limb, which tell it from others without colour, and their distance."""

BONES = {
    **{f"{side} upper arm": (f"{side} shoulder", f"{side} elbow") for side in Side},
    **{f"{side} forearm": (f"{side} elbow", f"{side} hand") for side in Side},
    **{f"{side} thigh": (f"{side} hip", f"{side} knee") for side in Side},
    **{f"{side} shin": (f"{side} knee", f"{side} ankle") for side in Side},
    **{f"{side} foot": (f"{side} ankle", f"{side} toe") for side in Side},
}
"""The bones of the limbs: the joints that each lies between."""

FLANKS = {f"{side} flank": tuple(f"{side} {joint}" for joint in ("shoulder", "waist", "hip")) for side in Side}
"""The sides of the trunk: the joints that each goes through."""

_WIDTHS = {"arm": ARM, "forearm": ARM, "thigh": LIMB, "shin": LIMB, "foot": FOOT_WIDTH}
_LIMBS = {
    f"{side} {limb}": tuple(f"{side} {bone}" for bone in bones)
    for side in Side
    for limb, bones in (("arm", ("upper arm", "forearm")), ("leg", ("thigh", "shin", "foot")))
}


def projected(panel: Panel) -> dict[str, Vector]:
    """Return the joints of a panel as they are seen; z is how near they are to the viewer."""
    return {name: seen(joint, panel.yaw, panel.pitch) for name, joint in joints_of(panel.pose).items()}


def body_of(panel: Panel) -> Iterator[Shape]:
    """Yield the body of a panel and what it hides, in the order in which they are drawn."""
    yield from panel.behind
    joints, placed = projected(panel), joints_of(panel.pose)
    # By the depth before the body is turned: what lies further along a turned body is not behind it.
    middle = (placed["pelvis"][2] + placed["neck"][2]) / 2
    parts: list[tuple[float, int, tuple[Shape, ...]]] = [(0.0, 1, tuple(_trunk(joints, panel.marked)))]
    for limb, bones in _LIMBS.items():
        names = [BONES[bones[0]][0], *(BONES[bone][1] for bone in bones)]
        depths = [placed[name][2] - middle for name in names[:3]]
        far = depths[0] < _FAR and limb not in panel.dark
        others = [f"{Side(side).other} {joint}" for side, joint in map(str.split, names)]
        pairs = [(joints[name], joints[other]) for name, other in zip(names, others, strict=True)]
        if far and not set(bones) & set(panel.marked) and all(math.dist(_flat(a), _flat(b)) < _EDGE for a, b in pairs):
            # No more than an edge of it would show behind that of the other side.
            continue
        shapes = tuple(_limb(joints, bones, panel.marked, far))
        parts.append((sum(depths) / 3, 2 if limb.endswith("arm") else 0, shapes))
    for _, _, shapes in sorted(parts, key=lambda part: (round(part[0], 2), part[1])):
        yield from shapes


def _trunk(joints: dict[str, Vector], marked: tuple[str, ...]) -> Iterator[Shape]:
    rows = ("shoulder", "waist", "hip")
    edge = [_flat(joints[f"right {row}"]) for row in rows] + [_flat(joints[f"left {row}"]) for row in reversed(rows)]
    head = _flat(joints["head"])
    yield Shape(((_flat(joints["neck"]), head),), Tone.INK, NECK_WIDTH)
    yield Shape((tuple(edge),), Tone.INK, TRUNK, filled=True)
    for names in (names for flank, names in FLANKS.items() if flank in marked):
        side = [_flat(joints[name]) for name in names]
        yield Shape((tuple(side),), Tone.MARK, ARM)
        yield Shape(tuple(stripe for pair in pairwise(side) for stripe in _stripes(*pair, ARM)), Tone.PAPER, _STRIPE)
    yield Shape(((head,),), Tone.PAPER, HEAD + _HALO)
    yield Shape(((head,),), Tone.INK, HEAD)
    yield from _face(joints)


def _face(joints: dict[str, Vector]) -> Iterator[Shape]:
    """Yield what shows where the head faces: a nose beside it, or eyes in it."""
    neck, head, right, left = (joints[name] for name in ("neck", "head", "right shoulder", "left shoulder"))
    up = [(far - near) / math.dist(head, neck) for near, far in zip(neck, head, strict=True)]
    across = [(far - near) / math.dist(right, left) for near, far in zip(left, right, strict=True)]
    ahead = (
        up[1] * across[2] - up[2] * across[1],
        up[2] * across[0] - up[0] * across[2],
        up[0] * across[1] - up[1] * across[0],
    )
    if ahead[2] > 0.7:
        eyes = tuple(
            ((head[0] + 0.045 * sign * across[0] + 0.02 * up[0], head[1] + 0.045 * sign * across[1] + 0.02 * up[1]),)
            for sign in (1, -1)
        )
        yield Shape(eyes, Tone.PAPER, 0.035)
    elif ahead[2] > -0.7:
        tip, wide = HEAD / 2 + 0.026, HEAD / 2 - 0.008
        turn = math.atan2(ahead[1], ahead[0])
        base = [
            (head[0] + wide * math.cos(turn + lean), head[1] + wide * math.sin(turn + lean)) for lean in (0.26, -0.26)
        ]
        nose = head[0] + tip * ahead[0], head[1] + tip * ahead[1]
        yield Shape(((base[0], nose, base[1]),), Tone.INK, 0.02, filled=True)


def _limb(joints: dict[str, Vector], bones: tuple[str, ...], marked: tuple[str, ...], far: bool) -> Iterator[Shape]:
    """Yield a limb; worked bones are in the mark's colour with stripes across."""
    points = [_flat(joints[BONES[bones[0]][0]]), *(_flat(joints[BONES[bone][1]]) for bone in bones)]
    width = _WIDTHS[bones[0].split()[-1]]
    tone = Tone.FAR if far else Tone.INK
    # Free space begins a little down the limb, so that it stays joined to the trunk.
    share = 0.3 if len(points) == 3 else 0.4
    (x, y), (next_x, next_y) = points[:2]
    begin = x + (next_x - x) * share, y + (next_y - y) * share
    if not far:
        yield Shape(((begin, *points[1:3]),), Tone.PAPER, width + 2 * _HALO)
    if len(points) > 3:
        yield Shape(((points[2], points[3]),), tone, FOOT_WIDTH)
    yield Shape((tuple(points[:3]),), tone, width)
    for bone, (start, end) in zip(bones, pairwise(points), strict=True):
        if bone in marked:
            yield Shape(((start, end),), Tone.MARK, _WIDTHS[bone.split()[-1]])
            yield Shape(tuple(_stripes(start, end, _WIDTHS[bone.split()[-1]])), Tone.PAPER, _STRIPE)


def _stripes(start: Point, end: Point, width: float) -> Iterator[Line]:
    length = math.dist(start, end)
    if length < _STRIPES_EVERY:
        return
    x, y = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    count = int(length / _STRIPES_EVERY)
    half = (width - _STRIPE) / 2
    for number in range(1, count):
        at = number * length / count
        # Oblique, as bars straight across would look like joints.
        lean = half * 0.6
        yield (
            (start[0] + x * (at - lean) - y * half, start[1] + y * (at - lean) + x * half),
            (start[0] + x * (at + lean) + y * half, start[1] + y * (at + lean) - x * half),
        )


def _flat(joint: Vector) -> Point:
    return joint[0], joint[1]
