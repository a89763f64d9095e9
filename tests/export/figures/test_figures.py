"""The figures: every exercise has one, all bodies are alike and stand on the floor, and nothing leaves the picture."""

from __future__ import annotations

import hashlib
import math
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import pairwise

import pytest
from msgspec.structs import replace

from audioguide.export.figures.body import BONES, FLANKS, body_of, projected
from audioguide.export.figures.drawing import drawing_of
from audioguide.export.figures.figure_png import SIZE, figure_png
from audioguide.export.figures.figure_svg import svg_file
from audioguide.export.figures.figure_table import FIGURES, words_of
from audioguide.export.figures.panels import Panel
from audioguide.export.figures.pictures import FIGURE_VERSION
from audioguide.export.figures.shapes import LIMB, Point, Shape, Tone
from audioguide.export.figures.skeleton import (
    FOOT,
    FOREARM,
    HALF_HIPS,
    HALF_SHOULDERS,
    HIGH_SPINE,
    LOW_SPINE,
    NECK,
    SHIN,
    THIGH,
    UPPER_ARM,
    Reach,
    joints_of,
)
from audioguide.library.builtin import exercises
from audioguide.library.protocol_files import builtin_exercise_ids, builtin_ids, load_protocol
from audioguide.model.kinds import Side, Sides
from tests.english import ENGLISH

LENGTHS = {"upper arm": UPPER_ARM, "forearm": FOREARM, "thigh": THIGH, "shin": SHIN, "foot": FOOT}
SVG = "{http://www.w3.org/2000/svg}"
VIEWS = [(name, side) for name, figure in FIGURES.items() for side in ((None, *Side) if figure.sided else (None,))]


def panels() -> Iterator[tuple[str, Panel]]:
    return ((name, panel) for name, figure in FIGURES.items() for panel in figure.panels)


def test_each_built_in_exercise_has_the_figure_of_its_name():
    own = {key: found for name in builtin_ids() for key, found in load_protocol(name).exercise.items()} | exercises()
    assert {key: found.figure for key, found in own.items()} == {key: key for key in builtin_exercise_ids()}
    assert FIGURES.keys() == builtin_exercise_ids()


def test_a_figure_has_a_side_where_its_exercise_has():
    own = {key: found for name in builtin_ids() for key, found in load_protocol(name).exercise.items()} | exercises()
    assert {key for key, figure in FIGURES.items() if figure.sided} == {
        key for key, found in own.items() if found.sides is not Sides.BOTH
    }


def test_all_bodies_have_bones_of_the_same_lengths():
    for name, panel in panels():
        joints = joints_of(panel.pose)
        for bone, (start, end) in BONES.items():
            length = LENGTHS[bone.split(" ", 1)[1]]
            assert math.dist(joints[start], joints[end]) == pytest.approx(length), (name, bone)
        spine = [joints[joint] for joint in ("pelvis", "waist", "neck", "head")]
        assert [math.dist(*pair) for pair in pairwise(spine)] == pytest.approx([LOW_SPINE, HIGH_SPINE, NECK]), name
        for row, half in (("shoulder", HALF_SHOULDERS), ("hip", HALF_HIPS)):
            assert math.dist(joints[f"right {row}"], joints[f"left {row}"]) == pytest.approx(2 * half), name


def test_what_stands_on_the_floor_touches_it_and_nothing_is_below():
    for name, panel in panels():
        joints = joints_of(panel.pose)
        for joint in panel.floor:
            assert joints[joint][1] == pytest.approx(0, abs=0.02), (name, joint)
        for joint, (_, y, _) in joints.items():
            assert y > -0.045, (name, joint)


def test_what_stays_on_the_floor_from_start_to_end_stays_in_its_place():
    for name in ("glute-bridge", "single-leg-bridge", "bird-dog", "push-ups", "triceps-dips", "crunches"):
        start, end = (joints_of(panel.pose) for panel in FIGURES[name].panels)
        both = set(FIGURES[name].panels[0].floor) & set(FIGURES[name].panels[1].floor)
        assert both
        for joint in both:
            assert start[joint][0] == pytest.approx(end[joint][0], abs=0.06), (name, joint)


def test_both_knees_of_the_half_kneeling_stretch_make_a_right_angle():
    joints = joints_of(FIGURES["half-kneeling"].panels[0].pose)
    for side in Side:
        hip, knee, ankle = (joints[f"{side} {joint}"] for joint in ("hip", "knee", "ankle"))
        thigh, shin = ([a - b for a, b in zip(end, knee, strict=True)] for end in (hip, ankle))
        cosine = sum(a * b for a, b in zip(thigh, shin, strict=True)) / (THIGH * SHIN)
        assert math.degrees(math.acos(cosine)) == pytest.approx(90, abs=4)


def test_the_lifted_leg_of_the_side_lying_lift_is_at_about_45_degrees():
    joints = joints_of(FIGURES["side-lying-abduction"].panels[1].pose)
    hip, ankle = joints["right hip"], joints["right ankle"]
    assert math.degrees(math.atan2(ankle[1] - hip[1], hip[0] - ankle[0])) == pytest.approx(45, abs=5)


def test_a_hand_that_is_out_of_reach_is_refused():
    with pytest.raises(ValueError, match="can't span"):
        joints_of(replace(FIGURES["walk"].panels[0].pose, right_arm=Reach((3, 3), 90)))


@pytest.mark.parametrize(("name", "side"), VIEWS)
def test_nothing_leaves_the_picture(name: str, side: Side | None):
    for square in (False, True):
        drawing = drawing_of(FIGURES[name], side, square)
        for shape in drawing.shapes():
            half = shape.width / 2
            for x, y in (point for line in shape.lines for point in line):
                if shape.tone is not Tone.PAPER:
                    assert x - half + 0.02 >= -1e-9, shape
                    assert x + half - 0.02 <= drawing.width + 1e-9, shape
                    assert y - half >= 0, shape
                    assert y + half <= drawing.height, shape


def test_the_left_side_is_the_right_one_mirrored():
    for name, figure in FIGURES.items():
        right, left = (drawing_of(figure, side) for side in (Side.RIGHT, Side.LEFT))
        assert (left.width, left.height, left.panels) == (right.width, right.height, right.panels)
        assert (left.mirrored, right.mirrored) == (figure.sided, False), name


def test_a_worked_side_bears_its_letter_and_stripes():
    for name, figure in FIGURES.items():
        if not figure.sided:
            continue
        last = figure.panels[-1]
        assert last.badge is not None, name
        letters = {side: drawing_of(figure, side).marks for side in (None, *Side)}
        assert letters[Side.LEFT] != letters[Side.RIGHT]
        assert len(letters[None]) < len(letters[Side.LEFT])
        # What is worked has stripes, a second sign beside colour.
        assert last.marked, name
        for panel in figure.panels:
            assert set(panel.marked) <= BONES.keys() | FLANKS.keys()


def test_what_is_marked_is_of_the_named_side_and_a_leg_whole():
    leg = {f"right {bone}" for bone in ("thigh", "shin", "foot")}
    for name, figure in FIGURES.items():
        for panel in figure.panels:
            assert all(bone.startswith("right ") for bone in panel.marked), name
            assert set(panel.marked) & leg in (set(), leg), name
            assert not panel.marked or figure.sided, name
    for name in ("bird-dog", "dead-bug"):
        last = FIGURES[name].panels[-1]
        assert set(last.marked) == {"right upper arm", "right forearm"}
        # The opposite leg moves too: as dark as a near one.
        assert last.dark == ("left leg",)


def test_a_far_limb_is_drawn_unless_it_lies_behind_the_near_one():
    start, end = FIGURES["lunges"].panels
    legs = [{shape.tone for shape in body_of(panel) if shape.width == LIMB} for panel in (start, end)]
    assert legs == [{Tone.INK}, {Tone.INK, Tone.FAR}]


def test_no_free_space_parts_a_leg_from_the_pelvis():
    for name in ("glute-squeeze", "side-lying-abduction", "bird-dog", "dead-bug", "jumping-jacks"):
        for panel in FIGURES[name].panels:
            joints = projected(panel)
            for side in Side:
                (hip_x, hip_y, _), (knee_x, knee_y, _) = joints[f"{side} hip"], joints[f"{side} knee"]
                for share in (0.1, 0.2):
                    point = hip_x + (knee_x - hip_x) * share, hip_y + (knee_y - hip_y) * share
                    # White across a leg there is no more than a stripe of the marked one.
                    for seen in [shape for shape in body_of(panel) if _covers(shape, point)][-1:]:
                        assert seen.tone is not Tone.PAPER or seen.width < LIMB / 2, (name, side, share)


def _covers(shape: Shape, point: Point) -> bool:
    """Whether one of the lines of ``shape`` is wide enough to cover ``point``; what is filled counts as its edge."""
    return any(
        min(math.dist(point, _nearest(start, end, point)) for start, end in pairwise((*line, line[-1])))
        < shape.width / 2
        for line in shape.lines
    )


def _nearest(start: Point, end: Point, point: Point) -> Point:
    x, y = end[0] - start[0], end[1] - start[1]
    share = ((point[0] - start[0]) * x + (point[1] - start[1]) * y) / (x * x + y * y or 1)
    share = min(max(share, 0), 1)
    return start[0] + share * x, start[1] + share * y


def test_far_limbs_are_lighter_and_drawn_first():
    drawn = drawing_of(FIGURES["bird-dog"]).panels[0]
    tones = [shape.tone for shape in drawn if shape.tone in (Tone.FAR, Tone.INK)]
    assert tones[0] is Tone.FAR
    assert Tone.INK in tones


def test_a_body_that_faces_right_has_its_right_side_in_front():
    for name in ("half-kneeling", "walk", "plank", "bird-dog", "glute-bridge", "dead-bug"):
        joints = projected(FIGURES[name].panels[0])
        assert joints["right hip"][2] > joints["left hip"][2], name


@pytest.mark.parametrize(("name", "side"), VIEWS)
def test_a_figure_is_an_svg_that_says_what_it_shows_and_runs_nothing(name: str, side: Side | None):
    words = words_of(name, side, ENGLISH)
    root = ET.fromstring(svg_file(drawing_of(FIGURES[name], side), words))
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == words
    assert "{" not in words
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {"svg", "title", "style", "rect", "g", "path"}
    assert not [key for element in root.iter() for key in element.attrib if key.startswith("on") or "href" in key]
    _, _, width, height = map(int, str(root.get("viewBox")).split())
    assert (root.get("width"), root.get("height")) == (str(width), str(height))


def test_the_pictures_of_chapters_with_most_in_them_are_small():
    for name in ("pigeon", "quad-foam-roll"):
        picture = figure_png(name, Side.RIGHT)
        assert picture is not None
        assert len(picture) < 5_000, name
        assert picture == figure_png(name, Side.RIGHT)


def test_words_name_the_side():
    assert "right knee" in words_of("half-kneeling", Side.RIGHT, ENGLISH)
    assert "one knee" in words_of("half-kneeling", None, ENGLISH)


def test_a_changed_figure_has_a_new_version():
    """Pictures that were kept are found by the version: raise it, and write the new digest here."""
    text = "".join(svg_file(drawing_of(FIGURES[name], side, square=True), "") for name, side in VIEWS)
    digest = hashlib.sha256(f"{SIZE} {text}".encode()).hexdigest()[:16]
    assert (FIGURE_VERSION, digest) == (3, "284f9a6c277e57a1")
