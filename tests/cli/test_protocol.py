import json
from pathlib import Path

import pytest

from audioguide.library.builtin import exercises
from audioguide.library.protocol_files import builtin_ids, load_protocol
from tests.helpers import HEAD, HOLD


def test_list_names_every_protocol_and_exercise(audioguide):
    ran = audioguide("protocol", "list")
    assert ran.code == 0
    assert all(name in ran.out for name in (*builtin_ids(), *exercises()))


@pytest.mark.parametrize("name", [*builtin_ids(), "pigeon"])
def test_show_tells_what_is_prescribed(audioguide, name):
    ran = audioguide("protocol", "show", name)
    assert ran.code == 0
    assert f"({name})" in ran.out


def test_show_gives_the_file_to_start_from(audioguide, tmp_path):
    ran = audioguide("protocol", "show", "hip-flexor", "--toml")
    path = tmp_path / "copy.toml"
    path.write_text(ran.out)
    assert load_protocol(path) == load_protocol("hip-flexor")


def test_check_passes_a_sound_file_and_names_idle_exercises(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(HEAD + HOLD + '[exercise.spare]\nname = "Spare"\nhold_s = 9\n')
    ran = audioguide("protocol", "check", "own.toml")
    assert ran.code == 0
    assert "all right: Test session" in ran.out
    assert "exercise.spare is defined but no phase uses it" in ran.out


def test_check_names_every_fault_with_exit_code_2(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(HEAD + HOLD.replace("45", "0").replace("sides", "side"))
    ran = audioguide("protocol", "check", "own.toml")
    assert ran.code == 2
    assert "exercise.reach.side: unknown key; write sides = " in ran.err
    assert "exercise.reach.hold_s.default: 0 is out of bounds" in ran.err


def test_new_writes_a_protocol_that_is_sound_and_refuses_to_overwrite(audioguide, tmp_path):
    assert audioguide("protocol", "new", "mine.toml").code == 0
    assert audioguide("protocol", "check", "mine.toml").code == 0
    before = Path("mine.toml").read_text()
    ran = audioguide("protocol", "new", "mine.toml")
    assert ran.code == 2
    assert "exists already" in ran.err
    assert Path("mine.toml").read_text() == before
    assert "name it mine.toml" in audioguide("protocol", "new", "mine.txt").err


def test_schema_is_json_schema_that_accepts_short_forms(audioguide):
    schema = json.loads(audioguide("protocol", "schema").out)
    hold = schema["$defs"]["Exercise"]["properties"]["hold_s"]
    one, listed = hold["anyOf"][0]["oneOf"]
    assert {"type": "number", "minimum": 1, "maximum": 86400} in one["anyOf"]
    assert listed["items"] == one
    assert schema["additionalProperties"] is False


def test_protocols_as_users_first_typed_them_are_all_right_and_leave_nothing_out(audioguide):
    for folder in ("wanted", "stations"):
        for path in sorted((Path(__file__).parent.parent / "cases" / folder).glob("*.toml")):
            ran = audioguide("protocol", "check", str(path))
            assert ran.code == 0, path
            assert "note:" not in ran.out, path


def test_show_tells_the_times_of_stations_and_of_rounds_against_the_clock(audioguide):
    cases = Path(__file__).parent.parent / "cases"
    mixed = audioguide("protocol", "show", str(cases / "wanted/mixed.toml")).out
    assert "60 s, rest 45 s" in mixed
    amrap = audioguide("protocol", "show", str(cases / "stations/amrap.toml")).out
    assert "Rounds (as many rounds as you can in 12 (8–15) min)" in amrap
