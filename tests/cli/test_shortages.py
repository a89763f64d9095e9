"""What of a protocol has no room, or is longer than asked: one line in `build`, `plan` and `protocol check`."""

from pathlib import Path

import pytest

from tests.helpers import HEAD

POSITIONS = (Path(__file__).parent.parent / "cases/setup-dropped/positions.toml").read_text()


@pytest.fixture
def own(tmp_path: Path) -> str:
    (tmp_path / "own.toml").write_text(POSITIONS)
    return "own.toml"


def notes(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("note: ")]


def test_check_tells_of_rests_that_will_be_longer_in_one_line(audioguide, own):
    (note,) = notes(audioguide("protocol", "check", own).out)
    assert "rests are longer than asked" in note


def test_build_tells_so_too(audioguide, own):
    (note,) = notes(audioguide("build", own, "--engine", "fake").err)
    assert "longer than asked" in note


def test_instructions_without_room_are_counted_with_how_to_make_room(audioguide, tmp_path):
    reps = 'reps = 3\ntempo = [ { say = "Up", s = 2 }, { say = "Down", s = 2 } ]'
    text = POSITIONS.replace("hold_s = { default = 30, min = 30, max = 60 }", reps).replace("rest_s = 5", "rest_s = 2")
    (tmp_path / "own.toml").write_text(text)
    for note in (
        notes(audioguide("protocol", "check", "own.toml").out)[0],
        notes(audioguide("build", "own.toml", "--engine", "fake").err)[0],
    ):
        assert "4 instructions have no room and will not be heard, the first “3 times.” of 'back'" in note
        assert "make the rests longer" in note


def test_a_protocol_with_room_for_all_has_no_note(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(POSITIONS.replace("rest_s = 5", "rest_s = 15"))
    assert notes(audioguide("protocol", "check", "own.toml").out) == []
    assert notes(audioguide("build", "own.toml", "--engine", "fake").err) == []


def no_room(printed: str) -> list[str]:
    """Return the rows of what a printed plan had no room for."""
    return printed.partition("No room for")[2].partition("Note")[0].strip().split("\n  ")


def test_plan_lists_rests_that_were_made_longer_in_one_line(audioguide, own):
    rows = [row for row in no_room(audioguide("plan", own, "--engine", "fake").out) if "“a rest of 5 s”" in row]
    assert len(rows) == 1
    assert rows[0].startswith("“a rest of 5 s” back, turn, roll (3 times): made longer, ")


def test_plan_lists_equal_words_of_several_exercises_in_one_line_with_a_count(audioguide, tmp_path):
    names = [f"e{number}" for number in range(9)]
    moves = [f'[exercise.{name}]\nname = "Move"\nreps = 3\ntempo = [ {{ say = "Up", s = 2 }} ]\n' for name in names]
    phase = f'[[phase]]\ntitle = "Round"\nexercises = {names}\ncircuit = {{ rest_s = 2 }}\n'
    (tmp_path / "own.toml").write_text(HEAD + phase + "".join(moves))
    rows = [row for row in no_room(audioguide("plan", "own.toml", "--engine", "fake").out) if "3 times." in row]
    assert rows == ["“3 times.” e1, e2, e3, e4, e5, e6, e7, e8 (8 times): no room in a rest of 2 s"]


def test_check_tells_of_each_week_that_is_short_of_room(audioguide, tmp_path):
    phase = POSITIONS[POSITIONS.index("[[phase]]") : POSITIONS.index("[exercise")]
    weeks = "".join(
        phase.replace("[[phase]]", f'[[phase]]\nweeks = "{week}"').replace("rest_s = 5", f"rest_s = {rest_s}")
        for week, rest_s in (("1", 15), ("2-3", 5))
    )
    (tmp_path / "own.toml").write_text(POSITIONS.replace(phase, weeks))
    (note,) = notes(audioguide("protocol", "check", "own.toml").out)
    assert note.startswith("note: week 2: ")


CROWDED = (
    HEAD
    + """
safety = ["Stop if it hurts."]
[[phase]]
title = "Stretch"
exercises = ["reach"]
[exercise.reach]
name = "Reach"
sides = "each"
hold_s = 60
coaching = [
    { say = "Reach up.", again = "Reach." },
    { say = "On a tender spot, stay for 55 to 90 seconds.", from_s = 4 },
]
"""
)


def test_a_tip_without_room_on_either_side_is_told_by_build_plan_and_check(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(CROWDED)
    printed = (
        audioguide("protocol", "check", "own.toml").out,
        audioguide("build", "own.toml", "--engine", "fake").err,
        audioguide("plan", "own.toml", "--engine", "fake").out,
    )
    note = (
        "1 tip has no room on any side and will not be heard, “On a tender spot, stay for 55 to 90 seconds.” of 'reach'"
    )
    assert all(f"{note}; a longer hold has room" in text for text in printed)
    (row,) = no_room(printed[2])
    assert row.endswith("55 to 90 seconds.” reach (2 times): no room in a hold of 60 s beside its time calls")


def test_encouragement_is_left_out_on_wish_and_kept_in_a_profile(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(CROWDED)
    said = "Slow and steady."
    plan = ("plan", "own.toml", "--engine", "fake", "--seed", "0")
    assert said in audioguide(*plan).out
    quiet = audioguide(*plan, "--no-encouragement").out
    assert said not in quiet
    assert "If it hurts more than moderately, ease off." in quiet
    assert audioguide("profile", "new", "anna", "--no-encouragement", "--engine", "fake").code == 0
    assert said not in audioguide(*plan, "--profile", "anna").out
    assert said in audioguide(*plan, "--profile", "anna", "--encouragement").out
