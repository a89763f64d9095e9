"""A file's name never promises another kind than what is written."""

import os
from pathlib import Path

import pytest

from audioguide.cli.endings import ending
from tests.helpers import HEAD, HOLD

FAKE = ("--engine", "fake", "--hold", "reach=5")


@pytest.fixture
def own() -> str:
    Path("own.toml").write_text(HEAD + HOLD)
    return "own.toml"


def files() -> set[str]:
    return {path.name for path in Path().iterdir()}


@pytest.mark.parametrize("name", ["x.m4b", "x.ogg", "x.WAV", "x.m4a"])
def test_sound_of_another_kind_is_refused_with_how_to_convert_it(audioguide, own, name):
    ran = audioguide("build", own, *FAKE, "-o", name)
    words = f"{name}: what is written is an MP3; name it x.mp3, then: ffmpeg -i x.mp3 {name}"
    assert (ran.code, ran.out, ran.err) == (2, "", f"audioguide: {words}\n")
    assert files() == {"own.toml"}


@pytest.mark.parametrize(
    ("arguments", "right", "what"),
    [
        (("build", "own.toml", *FAKE, "-o", "x.html"), "x.mp3", "an MP3"),
        (("build", "own.toml", *FAKE, "--plan", "x.svg"), "x.json", "JSON"),
        (("plan", "own.toml", *FAKE, "--svg", "x.png"), "x.svg", "an SVG picture"),
        (("handout", "own.toml", *FAKE, "-o", "x.pdf"), "x.html", "a web page"),
        (("calendar", "own.toml", "--zone", "Asia/Tokyo", "--length", "9", "-o", "x.csv"), "x.ics", "a calendar file"),
        (("voices", "say", "Hello", "--engine", "fake", "-o", "x.mp3"), "x.wav", "a WAV file"),
        (("voices", "compare", "Hello", "--engine", "fake", "-o", "x.mp3"), "x.html", "a web page"),
        (("protocol", "new", "x.yaml"), "x.toml", "a TOML file"),
    ],
)
def test_every_command_refuses_an_ending_of_another_kind(audioguide, own, arguments, right, what):
    ran = audioguide(*arguments)
    wrong = next(word for word in arguments if word.startswith("x."))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"audioguide: {wrong}: what is written is {what}; name it {right}\n"
    assert {name for name in files() if name.startswith("x")} == set()


def test_a_page_is_a_web_page_and_check_notes_a_name_that_says_otherwise(audioguide, own):
    # Capitals are the same ending; some programs pass on names without one.
    for name in ("X.MP3", "x", "week 1.5"):
        assert audioguide("build", own, *FAKE, "-o", name).code == 0
    assert audioguide("page", "X.MP3", "-o", "x.mp3").code == 2
    assert audioguide("page", "X.MP3", "-o", "x.htm").code == 0
    assert audioguide("check", "X.MP3").err == ""
    Path("X.MP3").rename("x.m4b")
    ran = audioguide("check", "x.m4b")
    note = "note: x.m4b is an MP3 whose name says otherwise, and players go by names; rename it to x.mp3\n"
    assert (ran.code, ran.err) == (0, note)


@pytest.mark.skipif(
    not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders: run the tests on Linux or macOS"
)
def test_a_device_is_left_to_what_is_said_of_devices(audioguide, own):
    assert "is a device" in audioguide("build", own, *FAKE, "-o", "/dev/null").err
    os.mkfifo("pipe.raw")
    assert "is a device" in audioguide("build", own, *FAKE, "-o", "pipe.raw").err
    Path("songs.d").mkdir()
    assert "is a folder" in audioguide("build", own, *FAKE, "-o", "songs.d").err


@pytest.mark.parametrize(
    ("name", "found"),
    [("x.MP3", ".mp3"), ("x", ""), ("week 1.5", ""), ("Dr. Who", ""), (".mp3", ""), ("a.b.3gp", ".3gp")],
)
def test_an_ending_has_letters_and_no_spaces(name, found):
    assert ending(Path(name)) == found
