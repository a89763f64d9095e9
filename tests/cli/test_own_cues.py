"""Cues and calls of an exercise's own, from the file to the MP3, its check, the handout and the player page."""

from __future__ import annotations

from pathlib import Path

from tests.helpers import HEAD

WALK = """
[[phase]]
title = "Walk"
exercises = ["walk"]
[exercise.walk]
name = "Walk"
sides = "each"
hold_s = 45
cues = { halfway = false, countdown = false, start = false }
every_s = 15
calls = [{ at_s = 8, say = "Turn {side}." }]
"""


def test_what_is_left_out_is_as_planned_for_the_check_and_what_is_called_is_shown(audioguide):
    Path("walk.toml").write_text(HEAD + WALK)
    assert audioguide("build", "walk.toml", "-o", "walk.mp3", "--engine", "fake").code == 0
    ran = audioguide("check", "walk.mp3")
    assert ran.code == 0
    assert "0 holds (2 more begin without a beep)" in ran.out
    assert audioguide("page", "walk.mp3").code == 0
    page = Path("walk.html").read_text()
    assert "Turn left." in page
    assert "15 seconds done." in page
    assert "Ready." not in page
    assert audioguide("handout", "walk.toml", "-o", "handout.html", "--engine", "fake").code == 0
    handout = Path("handout.html").read_text()
    assert "<p>The time is called every 15\N{NO-BREAK SPACE}s</p>" in handout
    assert "<p>At 8\N{NO-BREAK SPACE}s: Turn left.</p>" in handout


def test_a_person_switches_them_on_again(audioguide):
    Path("walk.toml").write_text(HEAD + WALK)
    assert audioguide("profile", "new", "anna", "--start", "--countdown", "--no-ask").code == 0
    ran = audioguide("plan", "walk.toml", "--profile", "anna", "--engine", "fake", "--beeps")
    assert "♪ start" in ran.out
    assert "♪ countdown" in ran.out
    assert "Halfway." not in ran.out


def test_protocol_show_tells_of_them(audioguide, monkeypatch):
    from audioguide.library import builtin
    from tests.helpers import parsed

    walk = parsed(WALK).exercise["walk"]
    monkeypatch.setattr(builtin, "exercises", lambda: {"walk": walk})
    assert audioguide("protocol", "show", "walk").out.splitlines()[2:] == [
        "  calls:    the time every 15 s",
        "  calls:    at 8 s: Turn {side}.",
        "  without:  halfway, countdown, start",
    ]
