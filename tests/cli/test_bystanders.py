"""Files that audioguide did not write stay, unless the user names them; its own are made again without a question."""

import os
from pathlib import Path

import pytest

from audioguide.export.bystanders import written_by_audioguide
from audioguide.export.registry import EXPORTS
from tests.cli.test_odd_input import PROTOCOL


@pytest.fixture
def short(tmp_path: Path) -> str:
    (tmp_path / "short.toml").write_text(PROTOCOL)
    return "short.toml"


COMMANDS = {
    "build": (("build", "--lrc", "--vtt"), ("output/short.mp3", "output/short.lrc", "output/short.vtt")),
    "named": (("build", "--lrc", "-o", "s.mp3"), ("s.lrc",)),
    "programme": (
        ("programme", "--weeks", "1", "-o", "weeks"),
        ("weeks/short-week-01.mp3", "weeks/index.txt", "weeks/programme.m3u8"),
    ),
    "handout": (("handout",), ("output/short.html",)),
    "calendar": (("calendar", "--zone", "Europe/Berlin", "--length", "30"), ("output/short.ics",)),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_what_the_user_did_not_name_is_replaced_only_where_it_is_our_own(audioguide, short, tmp_path: Path, command):
    (name, *options), files = COMMANDS[command]
    engine = () if name == "calendar" else ("--engine", "fake")
    assert audioguide(name, short, *options, *engine).code == 0
    assert all(written_by_audioguide(tmp_path / file) for file in files)
    assert audioguide(name, short, *options, *engine).code == 0
    for file in files:
        ours = (tmp_path / file).read_bytes()
        (tmp_path / file).write_bytes(b"mine")
        ran = audioguide(name, short, *options, *engine)
        assert ran.code == 2
        assert ran.err.startswith(f"audioguide: {file} is there already and not audioguide's; move it away, or name an")
        assert (tmp_path / file).read_bytes() == b"mine"
        (tmp_path / file).write_bytes(ours)


def test_what_the_user_names_is_replaced(audioguide, short, tmp_path: Path):
    for name in ("s.mp3", "s.json"):
        (tmp_path / name).write_bytes(b"mine")
    assert audioguide("build", short, "--engine", "fake", "-o", "s.mp3", "--plan", "s.json").code == 0
    assert (tmp_path / "s.mp3").read_bytes()[:3] == b"ID3"


def test_a_page_beside_its_recording_is_no_reason_to_lose_another(audioguide, short, tmp_path: Path):
    assert audioguide("build", short, "--engine", "fake", "-o", "s.mp3").code == 0
    (tmp_path / "s.html").write_text("<p>mine</p>")
    ran = audioguide("page", "s.mp3")
    assert (ran.code, (tmp_path / "s.html").read_text()) == (2, "<p>mine</p>")
    assert "move it away, or replace it with -o s.html" in ran.err
    assert audioguide("page", "s.mp3", "-o", "s.html").code == 0
    assert audioguide("page", "s.mp3").code == 0


def test_figures_and_the_samples_of_voices_replace_only_our_own(audioguide, short, tmp_path: Path):
    assert audioguide("protocol", "show", "movement-break", "--svg", "drawn").code == 0
    assert audioguide("protocol", "show", "movement-break", "--svg", "drawn").code == 0
    svg = min((tmp_path / "drawn").iterdir())
    svg.write_text("<svg/>")
    assert audioguide("protocol", "show", "movement-break", "--svg", "drawn").code == 2
    assert svg.read_text() == "<svg/>"
    for command, file in (("say", "voice.wav"), ("compare", "voices.html")):
        spoken = ("voices", command, "Hello", "--engine", "fake")
        assert (audioguide(*spoken).code, audioguide(*spoken).code) == (0, 0)
        (tmp_path / file).write_bytes(b"mine")
        assert (audioguide(*spoken).code, audioguide(*spoken, "-o", file).code) == (2, 0)


def test_each_export_beside_an_mp3_has_the_mark(audioguide, short, tmp_path: Path):
    options = [f"--{name}" for name, export in EXPORTS.items() if export.help]
    assert audioguide("build", short, "--engine", "fake", "-o", "s.mp3", *options).code == 0
    assert [file.name for file in tmp_path.glob("s.*") if not written_by_audioguide(file)] == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders: run it elsewhere")
def test_a_named_pipe_is_never_read(audioguide, short, tmp_path: Path):
    (tmp_path / "output").mkdir()
    os.mkfifo(tmp_path / "output/short.mp3")
    ran = audioguide("build", short, "--engine", "fake")
    assert (ran.code, "is a device, not a file" in ran.err) == (2, True)
    for command in (("page",), ("check",), ("profile", "show"), ("build",), ("share", "--address", "127.0.0.1")):
        ran = audioguide(*command, "output/short.mp3")
        assert (ran.code, "a device or pipe, not a file" in ran.err or "no session" in ran.err) == (2, True), command
