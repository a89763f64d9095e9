"""Odd names, numbers and links end in a line, never in a traceback (the fixture looks for those)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from audioguide.audio.clip import Clip
from audioguide.errors import SpeechError
from audioguide.export.tags.id3 import read_plan
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.fake import FakeEngine
from audioguide.speech.engines.worker import Answer, Worker
from audioguide.storage.cache import MOST_MB
from tests.sounds import music_file

PROTOCOL = """
format = 1
id = "short"
title = "Short"
[exercise.hold]
name = "Hold"
sides = "both"
setup = ["Stand tall."]
hold_s = 5
[[phase]]
title = "Only"
exercises = [{ use = "hold" }]
"""

FAKE = ("--engine", "fake")


@pytest.fixture
def short(tmp_path: Path) -> str:
    (tmp_path / "short.toml").write_text(PROTOCOL)
    return "short.toml"


@pytest.mark.parametrize("name", [".", "..", "/", "folder/"])
def test_a_folder_is_no_name_of_a_result(audioguide, short, tmp_path: Path, name: str):
    (tmp_path / "folder").mkdir()
    for command in (("build", "--lrc"), ("handout",), ("calendar", "--zone", "Europe/Berlin", "--length", "5")):
        ran = audioguide(command[0], short, *command[1:], "-o", name)
        assert (ran.code, "is a folder; name a file in it" in ran.err) == (2, True)


DIGITS = "9" * 5_000


@pytest.mark.parametrize("number", [DIGITS, f"0x{DIGITS}", "9223372036854775808", "[1, 0xffffffffffffffffffff]"])
def test_a_number_of_thousands_of_digits_is_refused_in_each_file(audioguide, short, tmp_path: Path, number: str):
    (tmp_path / "own.toml").write_text(PROTOCOL.replace("hold_s = 5", f"hold_s = {number}"))
    (tmp_path / "me.toml").write_text(f"[exercise.hold]\nhold_s = {number}\n")
    for command in (("build", "own.toml"), ("protocol", "check", "own.toml"), ("build", short, "--profile", "me.toml")):
        ran = audioguide(*command)
        assert ran.code == 2
        assert "digits; write a smaller one" in ran.err
        assert len(ran.err) < 200


@pytest.mark.real
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no names that are not UTF-8: run it on Linux")
def test_names_that_are_no_utf_8_are_written_as_well_as_they_go(audioguide, short, tmp_path: Path):
    odd = os.fsdecode(b"n\xff")
    for folder in ("music", "beeps"):
        (tmp_path / folder).mkdir()
        plain = music_file(tmp_path / "plain.wav", seconds=30 if folder == "music" else 0.2)
        plain.rename(tmp_path / f"{folder}/{odd}.wav")
    music_file(tmp_path / "beeps/start.wav", seconds=0.2)
    (tmp_path / f"{odd}.toml").write_text("scale = 1.0\n")
    sound = ("--music", "music", "--sounds", "beeps", "--profile", f"{odd}.toml")
    assert audioguide("build", short, *FAKE, *sound, "-o", f"{odd}.mp3", "--lrc", "--plan", "x.json").code == 0
    plan = read_plan(tmp_path / f"{odd}.mp3")
    assert (plan.profile, plan.sound.music.pieces) == (
        "n\N{REPLACEMENT CHARACTER}",
        ("n\N{REPLACEMENT CHARACTER}.wav",),
    )
    assert any("replaces nothing" in warning for warning in plan.warnings)
    for command in (("plan", "--svg", f"{odd}.svg"), ("plan", "--json"), ("handout", "-o", f"{odd}.html")):
        assert audioguide(command[0], short, *FAKE, *sound, *command[1:]).code == 0
    assert audioguide("check", f"{odd}.mp3", "--sounds", "beeps").code in (0, 1)
    ran = audioguide("build", short, *FAKE, "--music", odd)
    assert (ran.code, "--music: has bytes that are no UTF-8; rename the file" in ran.err) == (2, True)


@pytest.mark.parametrize("setting", ["1e308", "1e400", "nan", "-1", "0", f"{MOST_MB + 1}"])
def test_a_size_that_no_cache_can_have_is_a_line(audioguide, monkeypatch: pytest.MonkeyPatch, setting: str):
    monkeypatch.setenv("AUDIOGUIDE_CACHE_MB", setting)
    ran = audioguide("cache", "info")
    assert (ran.code, f"AUDIOGUIDE_CACHE_MB={setting}: is no positive number up to" in ran.err) == (2, True)


def test_links_in_a_circle_are_a_line_wherever_a_file_is_named(audioguide, short, tmp_path: Path):
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    build = ("build", short, *FAKE)
    for command in (
        ("build", "./one"),
        (*build, "-o", "one"),
        (*build, "-o", "one/x.mp3"),
        (*build, "--profile", "./one"),
        (*build, "--music", "one"),
        (*build, "--sounds", "one"),
        ("programme", short, *FAKE, "--weeks", "1", "-o", "one"),
        ("check", "one"),
        ("page", "one"),
        ("profile", "set", "./one", "--minutes", "5"),
    ):
        ran = audioguide(*command)
        assert (ran.code, ran.err.count("\n")) == (2, 1), command


@pytest.mark.parametrize("start", ["9999-12-31", "9999-12-27", "9999-12-01", "9999-10-09"])
def test_dates_at_the_end_of_the_calendar_are_made_or_refused(audioguide, short, start: str):
    zone = ("--length", "5", "--time", "23:59", "--breaks", "9:00-17:00")
    for weeks in ("1", "4", "12"):
        for place in ("Pacific/Kiritimati", "America/Los_Angeles", "UTC"):
            ran = audioguide(
                "calendar", short, "--zone", place, *zone, "--start", start, "--weeks", weeks, "-o", "c.ics"
            )
            assert (ran.code, "calendar" in ran.err) in ((0, False), (2, True)), ran
        for command in (
            ("handout", "--start", start, "-o", "h.html"),
            ("programme", "--started", start, "-o", "weeks"),
        ):
            ran = audioguide(command[0], short, *FAKE, "--weeks", weeks, *command[1:])
            assert ran.code == 0 or "calendar" in ran.err, ran


def test_a_name_that_is_too_long_is_a_mistake_and_leaves_no_folder(audioguide, short, tmp_path: Path):
    long = "n" * 251
    assert audioguide("build", short, *FAKE, "-o", f"{long}.mp3").code == 0
    ran = audioguide("page", f"{long}.mp3")
    assert (ran.code, "can't be a file name (file name too long); name another" in ran.err) == (2, True)
    assert audioguide("build", short, *FAKE, "-o", f"{long}.mp3", "--lrc").code == 0
    assert audioguide("build", short, *FAKE, "-o", f"{long}nnnn", "--lrc").code == 2
    assert audioguide("programme", short, *FAKE, "--weeks", "1", "-o", f"a/b/{'n' * 300}").code == 2
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("newer", [True, False])
def test_a_user_without_a_home_folder_can_build(
    audioguide, short, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, newer: bool
):
    def homeless(name: str) -> Path:
        if newer:
            raise RuntimeError("could not determine the home directory")
        return Path("~/folder")  # as older versions of the library do

    for kind in ("cache", "config", "data"):
        monkeypatch.setattr(f"platformdirs.user_{kind}_path", homeless)
    monkeypatch.delenv("AUDIOGUIDE_CACHE")
    assert audioguide("build", short, *FAKE, "-o", "s.mp3").code == 0
    assert "the cache is off" in audioguide("cache", "info").out
    (tmp_path / "me.toml").write_text("scale = 1.0\n")
    assert audioguide("profile", "set", "./me.toml", "--minutes", "5").code == 0
    assert audioguide("plan", short, *FAKE, "--profile", "./me.toml").code == 0
    for command in (("profile", "list"), ("profile", "new", "anna"), ("plan", short, "--profile", "anna")):
        ran = audioguide(*command)
        assert (ran.code, ran.err.startswith("audioguide: there is no home folder")) == (2, True)
    assert not (tmp_path / "~").exists()


def test_a_machine_that_allows_no_more_threads_is_a_line(audioguide, short, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", refuse)
    monkeypatch.setenv("AUDIOGUIDE_CACHE", "off")
    ran = audioguide("build", short, *FAKE, "-o", "s.mp3")
    said = "audioguide: no more threads may be started; raise the limits of memory and processes (ulimit -v, -u)\n"
    assert (ran.code, ran.err) == (1, said)


def test_a_library_that_finds_no_memory_is_a_line(audioguide, short, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise ImportError("libXau.so.6.0.0: failed to map segment from shared object")

    monkeypatch.setattr("audioguide.cli.build.read_request", refuse)
    ran = audioguide("build", short, *FAKE, "-o", "s.mp3")
    said = "audioguide: the program takes more memory than it may have; raise the limit (ulimit -v)\n"
    assert (ran.code, ran.err) == (1, said)


@pytest.mark.real
@pytest.mark.skipif(sys.platform != "linux", reason="no limit of address space here: run the tests on Linux")
def test_300_mb_are_enough_or_a_line_and_never_the_end_of_a_library(short, tmp_path: Path):
    command = f'ulimit -v 300000; exec "$0" -m audioguide build {short} --engine fake -o s.mp3'
    # As users have it, who set nothing for the numerical library.
    environment = {name: value for name, value in os.environ.items() if "THREADS" not in name}
    ran = subprocess.run(
        ["sh", "-c", command, sys.executable],
        cwd=tmp_path,
        env={**environment, "AUDIOGUIDE_CACHE": "off"},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode == 1:
        assert "memory" in ran.stderr
        assert len(ran.stderr.splitlines()) == 1
    else:
        assert (ran.returncode, (tmp_path / "s.mp3").exists()) == (0, True)


def test_what_can_not_be_spoken_is_named_with_its_place(audioguide, short, monkeypatch: pytest.MonkeyPatch):
    speak = FakeEngine.synthesize

    def refuse(engine: FakeEngine, text: str, settings: VoiceSettings) -> Clip:
        if "tall" in text:
            raise SpeechError("the voice gave silence for 'Stand tall.'")
        return speak(engine, text, settings)

    monkeypatch.setattr(FakeEngine, "synthesize", refuse)
    monkeypatch.setenv("AUDIOGUIDE_CACHE", "off")
    ran = audioguide("build", short, *FAKE, "-o", "s.mp3")
    said = "audioguide: short: exercise.hold.setup 1: the voice gave silence for 'Stand tall.'\n"
    assert (ran.code, ran.err) == (1, said)


@pytest.mark.real
@pytest.mark.skipif(sys.platform != "linux", reason="no /proc here: run the tests on Linux")
@pytest.mark.parametrize(("say", "place"), [("Stand tall.", "exercise.hold.setup 1"), ("Ready.", "“Ready.”")])
def test_a_voice_that_is_stopped_again_and_again_is_a_line_with_the_text_it_was_to_say(
    audioguide, short, monkeypatch: pytest.MonkeyPatch, say: str, place: str
):
    ask = Worker.ask

    def stopped(worker: Worker, request: Mapping[str, object], limit_s: float, start_s: float = 0.0) -> Answer:
        if say in request.get("texts", ()):
            ask(worker, {"do": "voices"}, limit_s, start_s)
            assert worker.pid
            os.kill(worker.pid, signal.SIGSTOP)
        return ask(worker, request, limit_s, start_s)

    monkeypatch.setattr(Worker, "ask", stopped)
    monkeypatch.setattr("audioguide.speech.engines.espeak.IDLE_S", 0.2)
    monkeypatch.setenv("AUDIOGUIDE_CACHE", "off")
    ran = audioguide("build", short, "--engine", "espeak", "-o", "s.mp3")
    hint = "see whether something stops it, and run this again"
    assert (ran.code, ran.err) == (1, f"audioguide: short: {place}: espeak worker did nothing for 0.2 s; {hint}\n")


def test_a_folder_of_profiles_behind_links_in_a_circle_is_a_line(audioguide, tmp_path: Path, monkeypatch):
    (tmp_path / "loop").symlink_to("loop")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "loop"))
    for command in (("new", "anna", "--no-ask"), ("show", "anna"), ("set", "anna", "--minutes", "5"), ("list",)):
        ran = audioguide("profile", *command)
        assert (ran.code in (0, 2), ran.err.count("\n")) == (True, 1), command


def test_a_line_break_in_what_was_typed_makes_no_second_line(audioguide, short):
    for options in (
        ("--sets", "\n"), ("--sets=\n",), ("--sets", "a\nb"), ("--hold", "hold=a\r\nb"), ("--hold=hold=\n\n",),
        ("--choose", "a\n=b"), ("--profile", "no\nbody"), ("--skip", "a\nb"), ("--music", "no\nne"),
        ("-o", "none\n/x.mp3"),
    ):  # fmt: skip
        ran = audioguide("build", short, *FAKE, *options)
        assert (ran.code, ran.err.count("\n")) == (2, 1), (options, ran.err)
    for command in (("build", "no\nfile.toml"), ("check", "a.mp3", "no\nmore"), ("no\ncommand",), ("plan", "--no\nne")):
        ran = audioguide(*command)
        assert (ran.code, ran.err.count("\n")) == (2, 1), (command, ran.err)
