import json
import xml.etree.ElementTree as ET
from pathlib import Path

from tests.helpers import HEAD, HOLD, REPS

OWN = HEAD + HOLD + REPS.replace("[[phase]]", "[[phase]]", 1)


def test_plan_shows_times_holds_sides_totals_and_share_of_speech(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(OWN)
    ran = audioguide("plan", "own.toml", "--engine", "fake", "--hold", "reach.left=50")
    assert ran.code == 0
    assert "Test session" in ran.out
    assert "holds 1:35" in ran.out
    assert "speech " in ran.out
    assert "Hold reach" in ran.out
    assert "4 reps bridge, set 2" in ran.out
    assert "reach hold_s left: 45 → 50, by command line" in ran.out


def test_plan_as_json_is_the_documented_schema(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(OWN)
    ran = audioguide("plan", "own.toml", "--engine", "fake", "--json")
    plan = json.loads(ran.out)
    assert {
        "format",
        "protocol",
        "title",
        "profile",
        "duration_ms",
        "events",
        "chapters",
        "dropped",
        "warnings",
    } <= set(plan)
    hold = next(event for event in plan["events"] if event["kind"] == "hold")
    assert (hold["exercise"], hold["side"], hold["set"], hold["rep"]) == ("reach", "left", 1, None)
    assert hold["end_ms"] - hold["start_ms"] == 45_000


def test_plan_as_a_picture_is_sound_svg(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(OWN.replace("Test session", "A < B & C"))
    assert audioguide("plan", "own.toml", "--engine", "fake", "--svg", "s.svg").code == 0
    picture = ET.fromstring((tmp_path / "s.svg").read_text())
    words = "".join(picture.itertext())
    assert "A < B & C" in words
    assert "left 45 s" in words


def test_what_is_dropped_and_left_out_is_shown(audioguide):
    ran = audioguide("plan", "hip-flexor", "--engine", "fake", "--avoid", "pregnancy", "--hold", "half-kneeling=8")
    assert "Psoas ball release (psoas-ball): avoided: pregnancy" in ran.out
    assert "No room for" in ran.out


SIDED = (
    HEAD
    + """
[[phase]]
title = "One"
exercises = [{ use = "banded-hip-extension", sets = 1 }]
"""
)


def test_a_set_of_reps_is_a_row_for_each_side(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(SIDED)
    rows = audioguide("plan", "own.toml", "--engine", "fake").out.splitlines()
    reps = [" ".join(row.split()) for row in rows if "12 reps" in row]
    assert [row.split()[3] for row in reps] == ["left", "right"]
    assert "Rep 2 banded" in audioguide("plan", "own.toml", "--engine", "fake", "--beeps").out


def test_a_very_long_session_can_be_drawn(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(HEAD + HOLD)
    ran = audioguide("plan", "own.toml", "--engine", "fake", "--hold", "reach=40000", "--svg", "s.svg")
    assert ran.code == 0


def test_plan_lists_one_side_lists_of_sets_and_a_tempo(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(OWN)
    given = ["--only-side", "right", "--hold", "reach=20,30", "--reps", "bridge=5,3", "--tempo", "bridge=2-1-1"]
    ran = audioguide("plan", "own.toml", "--engine", "fake", *given)
    assert ran.code == 0
    assert "“2 sets: 20 and 30 seconds on the right.”" in ran.out
    assert "“2 sets: 5 and 3.”" in ran.out
    assert "3 reps bridge, set 2" in ran.out
    assert "reach sides: each → right, by command line" in ran.out
    assert "reach hold_s right: 45 → 20, 30, by command line" in ran.out
    assert "bridge tempo: Lift 1, Hold 3, Lower 2 → Lift 1, Hold 1, Lower 2, by command line" in ran.out
    plan = json.loads(audioguide("plan", "own.toml", "--engine", "fake", "--json", *given).out)
    holds = [event for event in plan["events"] if event["kind"] == "hold"]
    assert [(hold["side"], hold["set"]) for hold in holds] == [("right", 1), ("right", 2)]


def test_a_dose_of_a_profile_that_does_not_fit_is_named_with_its_file_and_field(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(OWN)
    (tmp_path / "my.toml").write_text('name = "anna"\n[exercise.reach]\nreps = 5\n')
    for command in ("plan", "build", "calendar", "programme"):
        ran = audioguide(command, "own.toml", "--profile", "my.toml")
        assert (ran.code, ran.err) == (
            2,
            "audioguide: my.toml: exercise.reach.reps: 'reach' is a hold and has no reps; set hold_s or sets instead\n",
        )


def test_plan_refuses_what_contradicts_in_one_line(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(OWN)
    for given, said in (
        (["--only-side", "right", "--weak-side", "left"], "only_side right contradicts weak_side left"),
        (["--tempo", "bridge=slow"], "--tempo bridge: 'slow' is no tempo"),
        (["--tempo", "reach=3-1-1"], "'reach' is a hold and has no tempo"),
        (["--reps", "bridge=5,3", "--sets", "bridge=3"], "state reps for 3 sets, or one number for all"),
        (["--repeat", "reach=3"], "has no hold that is repeated in one go"),
        (["--rest", "bridge=5,6,7"], "'bridge' has 2 sets and 3 rests"),
    ):
        ran = audioguide("plan", "own.toml", "--engine", "fake", *given)
        assert ran.code == 2
        assert said in ran.err
        assert len(ran.err.strip().splitlines()) == 1


def test_a_profile_keeps_doses_by_side_and_by_set(audioguide, tmp_path):
    kept = ["--reps", "glute-bridge=6,4", "--sets", "couch-stretch.left=2", "--only-side", "left"]
    assert audioguide("profile", "new", "anna", *kept, "--tempo", "bird-dog=3-1-1").code == 0
    shown = audioguide("profile", "show", "anna").out
    assert 'only_side = "left"' in shown
    assert "reps = [6, 4]" in shown
    assert "sets = { left = 2 }" in shown or "sets = {left = 2}" in shown
    assert 'tempo = "3-1-1"' in shown
    assert audioguide("profile", "set", "anna", "--reps", "glute-bridge=5").code == 0
    assert "reps = 5" in audioguide("profile", "show", "anna").out


def test_rounds_against_the_clock_are_one_row_of_their_own(audioguide):
    path = Path(__file__).parent.parent / "cases/stations/amrap.toml"
    ran = audioguide("plan", str(path), "--engine", "fake", "--minutes", "14")
    assert "· rounds 13:" in ran.out
    rows = [row.split(maxsplit=3) for row in ran.out.splitlines()]
    assert [row[1:3] for row in rows if row[3:] and row[3].strip() == "As many rounds as you can"] == [["780", "s"]]
    assert "Rounds minutes: 12 → 13, by fit to 14 minutes" in ran.out
