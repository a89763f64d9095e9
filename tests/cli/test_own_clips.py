"""A recording from the protocol file to the MP3, its plan, its check and its pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import soundfile

from tests.helpers import HEAD
from tests.sounds import voice_like

OWN = """
closing = { text = "Well done, Anna.", clip = "voice/well-done.wav" }
[[phase]]
title = "Stretch"
exercises = ["reach"]
[exercise.reach]
name = "Reach"
sides = "each"
hold_s = 20
setup = { text = "Lift your {side} arm.", clip = { left = "voice/left.wav", right = "voice/right.wav" } }
"""


@pytest.fixture(autouse=True)
def _own() -> None:
    Path("there/voice").mkdir(parents=True)
    Path("there/own.toml").write_text(HEAD + OWN)
    for number, (name, seconds) in enumerate({"left": 1.2, "right": 1.3, "well-done": 2.0}.items(), 1):
        clip = voice_like(seconds, number, rate_hz=16_000)
        soundfile.write(f"there/voice/{name}.wav", clip.samples, clip.rate_hz)


def test_it_is_heard_where_its_text_stands_and_told_by_name_only(audioguide):
    ran = audioguide("build", "there/own.toml", "-o", "own.mp3", "--engine", "fake", "--plan", "own.json", "--lrc")
    assert ran.code == 0
    written = Path("own.json").read_text()
    plan = json.loads(written)
    assert plan["recordings"] == [
        {"text": "Lift your left arm.", "file": "left.wav"},
        {"text": "Lift your right arm.", "file": "right.wav"},
        {"text": "Well done, Anna.", "file": "well-done.wav"},
    ]
    assert "voice/" not in written
    assert "there" not in written
    [done] = [event for event in plan["events"] if event["text"] == "Well done, Anna."]
    assert done["end_ms"] - done["start_ms"] == pytest.approx(2000, abs=120)
    assert "Well done, Anna." in Path("own.lrc").read_text()
    ran = audioguide("check", "own.mp3")
    assert ran.code == 0, ran.out
    shown = audioguide("plan", "there/own.toml", "--engine", "fake").out
    assert "“Well done, Anna.” from well-done.wav" in shown


def test_protocol_check_reads_every_recording(audioguide):
    assert audioguide("protocol", "check", "there/own.toml").code == 0
    Path("there/voice/left.wav").unlink()
    ran = audioguide("protocol", "check", "there/own.toml")
    assert ran.code == 2
    [line] = ran.err.splitlines()
    assert line.startswith("audioguide: there/own.toml: exercise.reach.setup 1.clip: ")
    assert line.endswith("left.wav: no such file; put the recording there, or write the text without clip")
    assert audioguide("build", "there/own.toml", "--engine", "fake").err == ran.err


def test_a_recording_of_a_joined_file_is_named_as_it_stands_there(audioguide):
    own = (
        Path("there/own.toml")
        .read_text()
        .replace('title = "Stretch"', 'title = "S"\nsay = { text = "S.", clip = "." }')
    )
    Path("there/own.toml").write_text(own)
    Path("first.toml").write_text(HEAD.replace("test", "first") + '[[phase]]\nfrom = "movement-break"\n')
    Path("host.toml").write_text(HEAD + '[[phase]]\nfrom = "movement-break"\n[[phase]]\nfrom = "there/own.toml"\n')
    for given in (("first.toml", "there/own.toml"), ("host.toml",)):
        [line] = audioguide("plan", *given, "--engine", "fake").err.splitlines()
        place = "audioguide: there/own.toml: phase 1.say 1.clip"
        assert line == f"{place}: {Path.cwd() / 'there'}: a folder; name a sound file"


def test_a_folder_as_recording_or_picture_is_a_fault_of_its_field_not_of_the_result(audioguide):
    own = Path("there/own.toml")
    own.write_text(own.read_text().replace("voice/well-done.wav", "."))
    for result in ("there/out.mp3", "there/out.html"):
        Path(result).write_bytes(b"old")
        ran = audioguide("build" if result.endswith("mp3") else "handout", f"{own}", "-o", result, "--engine", "fake")
        assert ran.code == 2
        folder = Path.cwd() / "there"
        assert ran.err == f"audioguide: there/own.toml: closing 1.clip: {folder}: a folder; name a sound file\n"
        assert Path(result).read_bytes() == b"old"


def test_no_result_replaces_a_recording(audioguide):
    before = Path("there/voice/left.wav").read_bytes()
    ran = audioguide("handout", "there/own.toml", "-o", "there/voice/left.wav", "--engine", "fake")
    assert ran.code == 2
    assert Path("there/voice/left.wav").read_bytes() == before
