"""Several protocols named at once, as every command of a session takes them."""

from audioguide.export.tags.id3 import read_plan
from audioguide.export.titles import full_title
from audioguide.verify.check import check
from tests.helpers import HEAD, HOLD

FAKE = ("--engine", "fake")
OTHER = """
format = 1
id = "cool-down"
title = "Cool down"
[[phase]]
title = "Rest"
exercises = ["lie"]
[exercise.lie]
name = "Lie"
hold_s = 3
"""


def test_build_plan_handout_programme_calendar_and_page_take_several(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(HEAD + HOLD)
    (tmp_path / "other.toml").write_text(OTHER)
    both = ("own.toml", "other.toml")
    assert audioguide("build", *both, *FAKE, "--quiet").out == "output/test-cool-down.mp3\n"
    mp3 = tmp_path / "output/test-cool-down.mp3"
    assert check(mp3).ok
    assert full_title(read_plan(mp3)) == "Test session and Cool down"
    assert audioguide("page", f"{mp3}").code == 0
    assert "Test session and Cool down" in mp3.with_suffix(".html").read_text()
    ran = audioguide("plan", *both, *FAKE, "--hold", "lie=5", "--skip", "reach")
    assert "lie hold_s: 3 → 5, by command line" in ran.out
    assert audioguide("handout", *both, *FAKE, "-o", "h.html").code == 0
    assert "Test session and Cool down" in (tmp_path / "h.html").read_text()
    assert audioguide("programme", *both, *FAKE, "--weeks", "2", "-o", "out").code == 0
    assert [path.name for path in (tmp_path / "out").glob("*.mp3")] == ["test-cool-down-week-01.mp3"]
    ran = audioguide("calendar", *both, "--length", "10", "--zone", "UTC")
    assert ran.out.startswith("output/test-cool-down.ics\n")
    ran = audioguide("plan", "own.toml", "nosuch", *FAKE)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)


def test_no_result_replaces_a_file_that_is_joined(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(HEAD + HOLD)
    (tmp_path / "other.toml").write_text(OTHER)
    ran = audioguide("build", "own.toml", "other.toml", *FAKE, "--plan", "other.toml")
    assert ran.code == 2
    assert (tmp_path / "other.toml").read_text() == OTHER
    # Nor one that phases come from.
    (tmp_path / "own.toml").write_text(HEAD + '[[phase]]\nfrom = "other.toml"\n')
    assert audioguide("build", "own.toml", *FAKE, "--plan", "other.toml").code == 2
    assert audioguide("calendar", "own.toml", "--length", "9", "--zone", "UTC", "-o", "other.toml").code == 2
    assert (tmp_path / "other.toml").read_text() == OTHER


def test_check_sees_what_comes_from_other_files(audioguide, tmp_path):
    (tmp_path / "other.toml").write_text(OTHER)
    (tmp_path / "own.toml").write_text(HEAD + '[[phase]]\nfrom = "other.toml"\n')
    assert "all right: Test session, 1 phase, 1 exercise" in audioguide("protocol", "check", "own.toml").out
