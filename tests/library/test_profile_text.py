import tomllib
from datetime import date

import pytest

from audioguide.library.profile_files import parse_profile
from audioguide.library.profile_text import LINES, profile_text
from audioguide.library.protocol_files import builtin_ids, load_protocol

HIP = load_protocol("hip-flexor")


def profile_of(text):
    return parse_profile(tomllib.loads(text), "test.toml")


@pytest.mark.parametrize("name", builtin_ids())
def test_a_profile_that_states_only_its_name_is_one(name):
    assert profile_of(profile_text({"name": "anna"}, load_protocol(name), name)).name == "anna"


def test_what_is_stated_stands_in_its_line():
    stated = {
        "name": "anna",
        "detail": "brief",
        "minutes": 20,
        "weak_side": "right",
        "acute": False,
        "started": date(2027, 1, 4),
        "days": ["mon", "thu"],
        "avoid": ["pregnancy"],
        "skip": ["quad-foam-roll"],
    }
    assert set(stated) == LINES
    text = profile_text(stated, HIP, "hip-flexor", ["pregnancy"], {"quad-foam-roll": ("foam roller",)})
    assert profile_of(text) == parse_profile(stated, "test.toml")
    assert "# quad-foam-roll: no foam roller at hand.\nskip = [" in text
    assert "'Hip flexor release' knows pregnancy." in text


@pytest.mark.parametrize("name", builtin_ids())
def test_every_example_counts_once_its_sign_is_taken_away(name):
    text = profile_text({"name": "anna"}, load_protocol(name), name, ["pregnancy"])
    opened = "\n".join(
        line.removeprefix("# ") if " = " in line and "`" not in line else line for line in text.splitlines()
    )
    profile = profile_of(opened)
    assert (profile.minutes, profile.acute, profile.voice.rate_wpm) == (20, True, 130)
    assert profile.exercise


def test_examples_are_of_exercises_that_are_done():
    text = profile_text({"name": "anna", "avoid": ["pregnancy"], "skip": ["quad-foam-roll"]}, HIP, "hip-flexor")
    assert "psoas-ball =" not in text
    assert "half-kneeling = { hold_s = { left" in text


def test_an_example_gives_way_to_what_a_caller_adds():
    text = profile_text({"name": "anna", "voice": {"rate_wpm": 120}}, HIP, "hip-flexor")
    assert "rate_wpm" not in text


def test_every_line_has_its_note_and_fits_the_screen():
    lines = profile_text({"name": "anna"}, HIP, "hip-flexor", ["pregnancy"]).splitlines()
    assert max(map(len, lines)) <= 84


def test_no_path_gets_out_of_its_note():
    text = profile_text({"name": "anna"}, HIP, 'evil\nname = "x"\x1b[2J.toml')
    assert profile_of(text).name == "anna"
    assert "\x1b" not in text
