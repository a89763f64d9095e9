"""Weeks that differ, as commands follow them."""

from pathlib import Path

from audioguide.export.tags.id3 import read_plan
from audioguide.export.titles import full_title
from tests.helpers import HEAD

WEEKS = """
[programme]
weeks = 3
times_a_week = 1
[[phase]]
title = "Warm up"
exercises = ["reach"]
[[phase]]
title = "Hard"
weeks = "2-3"
exercises = [{ use = "bend", hold_s = 90 }]
[exercise.reach]
name = "Reach"
hold_s = 2
[exercise.bend]
name = "Bend"
hold_s = 3
"""
FAKE = ("--engine", "fake")


def written(tmp_path: Path) -> str:
    (tmp_path / "own.toml").write_text(HEAD + WEEKS)
    return "own.toml"


def test_plan_check_and_show_name_the_weeks(audioguide, tmp_path):
    own = written(tmp_path)
    assert "weeks 1 to 3" in audioguide("protocol", "check", own).out
    assert "Hard (weeks 2 to 3)" in audioguide("protocol", "show", own).out
    assert "Test session, week 2" in audioguide("plan", own, *FAKE, "--week", "2").out
    assert "it is week 1" in audioguide("plan", own, *FAKE).out
    assert '"week": 2' in audioguide("plan", own, *FAKE, "--week", "2", "--json").out
    ran = audioguide("plan", own, *FAKE, "--week", "4")
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert "this protocol has weeks 1 to 3" in ran.err


def test_programme_makes_the_protocols_weeks_each_distinct_session_once(audioguide, tmp_path):
    ran = audioguide("programme", written(tmp_path), *FAKE, "--started", "2026-11-23", "-o", "out")
    assert ran.code == 0
    files = sorted(path.name for path in (tmp_path / "out").glob("*.mp3"))
    assert files == ["test-week-01.mp3", "test-week-02.mp3"]
    index = (tmp_path / "out/index.txt").read_text()
    assert "Week   3  Mon 2026-12-07 to Sun 2026-12-13  test-week-02.mp3" in index
    assert "Week   4" not in index
    assert "  Hard: Bend 90\u00a0s" in index
    assert full_title(read_plan(tmp_path / "out/test-week-02.mp3")) == "Test session, week 2"
    ran = audioguide("programme", "own.toml", *FAKE, "--weeks", "4", "-o", "out2")
    assert (ran.code, "name at most 3" in ran.err) == (2, True)


def test_the_handout_shows_what_is_done_in_which_weeks_and_ticks_no_others(audioguide, tmp_path):
    own = written(tmp_path)
    assert audioguide("handout", own, *FAKE, "--week", "2", "-o", "x.html").code == 0
    page = (tmp_path / "x.html").read_text()
    assert "What is done in which weeks" in page
    assert "Weeks 2 to 3</dt>" in page
    assert "Hard: Bend 90\u00a0s" in page
    assert page.count('<span class="long">Week </span>') == 2
    ran = audioguide("handout", own, *FAKE, "--weeks", "4", "-o", "y.html")
    assert (ran.code, "this protocol has 3" in ran.err) == (2, True)


def test_the_calendar_keeps_the_longest_session_free_for_the_protocols_weeks(audioguide, tmp_path):
    own = written(tmp_path)
    (tmp_path / "me.toml").write_text('name = "me"\n[voice]\nengine = "fake"\n')
    ran = audioguide("calendar", own, "--profile", "me.toml", "--zone", "UTC", "--start", "2026-11-23")
    assert ran.out.splitlines()[1].startswith("3 sessions of 5 min from")
    assert audioguide("calendar", own, "--profile", "me.toml", "--zone", "UTC", "--weeks", "9").code == 2


def test_minutes_are_fitted_to_what_the_week_has(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(HEAD + WEEKS.replace("hold_s = 90", "hold_s = { default = 60, max = 200 }"))
    ran = audioguide("plan", "own.toml", *FAKE, "--week", "3", "--minutes", "3")
    assert ran.code == 0
    ran = audioguide("plan", "own.toml", *FAKE, "--week", "1", "--minutes", "3")
    assert "3 minutes can't be reached" in ran.out
