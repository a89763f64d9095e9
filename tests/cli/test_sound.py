"""What a user says of sound, as they say it; and what they are told when it can't be."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audioguide.export.tags.id3 import read_plan
from audioguide.library.profile_files import load_profile, profile_path
from audioguide.model.kinds import BeepRole, EventKind
from audioguide.model.sound import LeadTone
from audioguide.verify.check import check
from tests.decoders import ffmpeg
from tests.helpers import HEAD
from tests.sounds import music_file

SHORT = ("--hold", "reach=12", "--setup", "reach=2", "--rest", "reach=3")
QUICK = ("--engine", "fake", "--detail", "minimal", *SHORT, "--quiet", "-o", "x.mp3")
ONE_HOLD = """
[[phase]]
title = "Stretch"
exercises = ["reach"]
[exercise.reach]
name = "Reach"
hold_s = { default = 45, min = 30, max = 60 }
setup = ["Kneel."]
breath = true
"""


@pytest.fixture
def own(tmp_path: Path) -> str:
    (tmp_path / "own.toml").write_text(HEAD + ONE_HOLD)
    return "own.toml"


@pytest.fixture
def tune(tmp_path: Path) -> Path:
    return music_file(tmp_path / "tune.wav", 20)


@pytest.mark.real
def test_a_session_with_music_is_stereo_says_so_in_its_plan_and_is_as_planned(audioguide, own, tune, tmp_path):
    ran = audioguide("build", own, *QUICK, "--music", "tune.wav", "--breath", "--music-below", "20")
    assert (ran.code, ran.err) == (0, "")
    plan = read_plan(tmp_path / "x.mp3")
    assert plan.sound.music is not None
    assert (plan.sound.music.pieces, plan.sound.music.below_db) == (("tune.wav",), 20)
    assert not [event for event in plan.timeline.events if event.role is BeepRole.LEAD]
    assert str(tmp_path) not in (tmp_path / "x.mp3").read_bytes().decode("latin-1")
    report = check(tmp_path / "x.mp3")
    assert report.ok, [row for row in report.rows if not row.ok]
    assert {"music", "music under the voice"} <= {row.name for row in report.rows}


@pytest.mark.real
def test_music_gives_the_same_bytes_each_time(audioguide, own, tune, tmp_path, monkeypatch):
    monkeypatch.setenv("AUDIOGUIDE_CACHE", str(tmp_path / "cache"))  # first spoken, then from the cache
    made = []
    for _ in range(2):
        assert audioguide("build", own, *QUICK, "--music", "tune.wav").code == 0
        made.append((tmp_path / "x.mp3").read_bytes())
    assert made[0] == made[1]


@pytest.mark.real
def test_a_folder_of_music_is_played_in_order(audioguide, own, tmp_path):
    (tmp_path / "songs").mkdir()
    for number in (2, 10, 1):
        music_file(tmp_path / f"songs/{number}.flac", 9, seed=number)
    assert audioguide("build", own, *QUICK, "--music", "songs").code == 0
    assert read_plan(tmp_path / "x.mp3").sound.music.pieces == ("1.flac", "2.flac", "10.flac")


@pytest.mark.real
def test_a_session_with_a_breath_tone_is_as_planned(audioguide, own, tmp_path):
    assert audioguide("build", own, *QUICK, "--breath", "--breath-in", "3", "--breath-out", "2.5").code == 0
    report = check(tmp_path / "x.mp3")
    assert report.ok, [row for row in report.rows if not row.ok]
    breaths = report.plan.timeline.of_kind(EventKind.BREATH)
    assert {breath.duration_ms for breath in breaths} == {3_000, 2_500}
    assert "breath tones" in {row.name for row in report.rows}


@pytest.mark.real
@pytest.mark.parametrize("loudness", ["-14", "-20", "-31"])
def test_another_loudness_is_met_and_checked(audioguide, own, tmp_path, loudness):
    assert audioguide("build", own, *QUICK, "--loudness", loudness).code == 0
    report = check(tmp_path / "x.mp3")
    assert report.ok, [row for row in report.rows if not row.ok]
    assert next(row for row in report.rows if row.name == "cues' loudness").planned.startswith(f"{float(loudness):.1f}")


def test_lead_tones_have_their_level_and_length_or_are_off(audioguide, own, tmp_path):
    assert audioguide("build", own, *QUICK, "--lead-length", "700", "--lead-below", "10").code == 0
    plan = read_plan(tmp_path / "x.mp3")
    assert plan.sound.lead == LeadTone(10, 700)
    leads = [event for event in plan.timeline.events if event.role is BeepRole.LEAD]
    assert {lead.duration_ms for lead in leads} == {700}
    assert check(tmp_path / "x.mp3").ok
    assert audioguide("build", own, *QUICK, "--no-lead").code == 0
    assert not [event for event in read_plan(tmp_path / "x.mp3").timeline.events if event.role is BeepRole.LEAD]


def test_the_plan_names_what_sounds_besides_the_voice(audioguide, own, tune):
    ran = audioguide("plan", own, "--engine", "fake", "--music", "tune.wav", "--breath", "--volume", "0.5")
    said = " ".join(ran.out.split())
    assert "music tune.wav, 16 dB below" in said
    assert "breath tone, 4 s in and 6 s out" in said
    assert "-22 LUFS" in said
    assert "LUFS" not in audioguide("plan", own, "--engine", "fake").out


def own_start(folder: Path) -> Path:
    import soundfile

    folder.mkdir()
    time = np.arange(13_230) / 44_100
    soundfile.write(folder / "start.wav", 0.3 * np.sin(2 * np.pi * 900 * time + 40 * time**2), 44_100)
    return folder


@pytest.mark.real
def test_own_beeps_are_heard_noted_and_checked_with_their_folder(audioguide, own, tmp_path):
    folder = own_start(tmp_path / "beeps")
    shutil.copy(folder / "start.wav", folder / "strat.wav")
    ran = audioguide("build", own, "--engine", "fake", "--hold", "reach=12", "-o", "x.mp3", "--sounds", "beeps")
    assert ran.code == 0
    assert "strat.wav" in ran.err
    assert "did you mean 'start'?" in ran.err
    assert read_plan(tmp_path / "x.mp3").sound.own_sounds == ("start",)
    alone, beside = audioguide("check", "x.mp3"), audioguide("check", "x.mp3", "--sounds", "beeps")
    assert (alone.code, beside.code) == (0, 0)
    assert "sounds of your own" in " ".join(alone.out.split())
    music_file(folder / "start.wav", 0.4)
    assert audioguide("check", "x.mp3", "--sounds", "beeps").code == 1


def test_every_setting_of_sound_has_an_option_and_paths_hold_from_everywhere(audioguide, tune, tmp_path):
    own_start(tmp_path / "beeps")
    options = "--loudness -18 --sounds beeps --music tune.wav --music-below 14 --breath --breath-in 3 --breath-out 5"
    assert audioguide("profile", "new", "anna", *options.split(), "--no-lead", "--lead-below", "20").code == 0
    profile = load_profile("anna")
    assert (profile.sound.loudness_lufs, profile.sound.beeps) == (-18, str(tmp_path / "beeps"))
    assert (profile.music.path, profile.music.below_db, profile.music.on) == (str(tune), 14, True)
    assert (profile.breath.on, profile.breath.in_s, profile.breath.out_s) == (True, 3, 5)
    assert (profile.lead.on, profile.lead.below_db) == (False, 20)
    assert audioguide("profile", "set", "anna", "--no-music", "--no-breath", "--lead").code == 0
    assert (load_profile("anna").music.on, load_profile("anna").breath.on) == (False, False)
    assert profile_path("anna").exists()


def test_a_profile_s_own_paths_start_from_its_folder(audioguide, own, tmp_path, monkeypatch):
    folder = tmp_path / "people"
    folder.mkdir()
    music_file(folder / "sea.wav", 9)
    (folder / "ben.toml").write_text('[music]\npath = "sea.wav"\nduck_db = 12\n')
    assert audioguide("build", own, *QUICK, "--profile", "people/ben.toml").code == 0
    assert read_plan(tmp_path / "x.mp3").sound.music.duck_db == 12


Bad = Callable[[Path], object]


def cut(path: Path, suffix: str) -> None:
    made = music_file(path.with_name("made.wav"), 20)
    ffmpeg("-v", "error", "-i", str(made), str(path.with_name(f"whole{suffix}")))
    whole = path.with_name(f"whole{suffix}").read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])


BAD_MUSIC: dict[str, tuple[str, Bad, str]] = {
    "empty": ("x.mp3", lambda path: path.write_bytes(b""), "empty (0 bytes)"),
    "text": ("x.mp3", lambda path: path.write_text("no sound at all\n" * 99), "not a sound that can be read"),
    "cut wav": ("x.wav", lambda path: cut(path, ".wav"), "breaks off after 0:13 of 0:20"),
    "cut flac": ("x.flac", lambda path: cut(path, ".flac"), "breaks off after 0:1"),
    "cut mp3": ("x.mp3", lambda path: cut(path, ".mp3"), "breaks off after 0:13 of 0:20"),
    "zero length": ("x.wav", lambda path: music_file(path, 0), "there is no sound in it"),
    "too short": ("x.wav", lambda path: music_file(path, 0.5), "lasts only 0.5 s"),
    "silent": ("x.wav", lambda path: music_file(path, 5, level=0), "is silent"),
    "missing": ("x.wav", lambda path: None, "no such music"),
    "folder without music": ("x", lambda path: path.mkdir(), "no sound file in this folder"),
}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.real] if name.startswith("cut") else []) for name in BAD_MUSIC],
)
def test_music_that_cannot_be_played_is_one_line_and_leaves_the_earlier_file(audioguide, own, tmp_path, name):
    (tmp_path / "x.mp3").write_bytes(b"earlier")
    (tmp_path / "m").mkdir()
    file, make, message = BAD_MUSIC[name]
    make(tmp_path / "m" / file)
    ran = audioguide("build", own, *QUICK, "--hold", "reach=30", "--music", f"m/{file}")
    assert ran.code == 2
    assert ran.err.startswith(f"audioguide: m/{file}: ")
    assert message in ran.err
    assert len(ran.err.splitlines()) == 1
    assert (tmp_path / "x.mp3").read_bytes() == b"earlier"


BAD_SOUNDS: dict[str, tuple[str, Bad, str]] = {
    "empty": ("end.mp3", lambda path: path.write_bytes(b""), "empty (0 bytes)"),
    "text": ("end.mp3", lambda path: path.write_text("no sound at all\n" * 99), "not a sound that can be read"),
    "zero length": ("end.wav", lambda path: music_file(path, 0), "there is no sound in it"),
    "too long": ("end.wav", lambda path: music_file(path, 60), "2 s"),
    "silent": ("end.wav", lambda path: music_file(path, 1, level=0), "silent"),
    "named like none": ("ende.wav", lambda path: music_file(path, 1), "start"),
}


@pytest.mark.parametrize("name", BAD_SOUNDS)
def test_a_beep_that_cannot_be_used_is_one_line_that_names_it(audioguide, own, tmp_path, name):
    (tmp_path / "beeps").mkdir()
    file, make, message = BAD_SOUNDS[name]
    make(tmp_path / "beeps" / file)
    ran = audioguide("build", own, *QUICK, "--sounds", "beeps")
    assert ran.code == 2
    assert "beeps" in ran.err
    assert message in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.real
@pytest.mark.parametrize("channels_and_rate", [(1, 8_000), (6, 48_000), (1, 96_000)])
def test_unusual_but_whole_music_is_played(audioguide, own, tmp_path, channels_and_rate):
    import soundfile

    channels, rate_hz = channels_and_rate
    random = np.random.default_rng(3)
    soundfile.write(tmp_path / "m.wav", random.normal(0, 0.05, (rate_hz * 9, channels)), rate_hz)
    assert audioguide("build", own, *QUICK, "--music", "m.wav").code == 0
    assert check(tmp_path / "x.mp3").ok


@pytest.mark.real
def test_ten_hours_of_music_are_read_only_as_far_as_they_are_heard(audioguide, own, tmp_path):
    # A sparse file: ten hours of 8 kHz mono, silent but for its first minutes.
    import soundfile

    soundfile.write(tmp_path / "m.wav", np.random.default_rng(1).normal(0, 0.05, 8_000 * 300), 8_000, "PCM_16")
    size = 44 + 2 * 8_000 * 36_000
    with (tmp_path / "m.wav").open("r+b") as file:
        file.truncate(size)
        for at, length in ((4, size - 8), (40, size - 44)):  # of the RIFF chunk, and of the samples in it
            file.seek(at)
            file.write(length.to_bytes(4, "little"))
    assert soundfile.info(tmp_path / "m.wav").duration == 36_000
    assert audioguide("build", own, *QUICK, "--music", "m.wav").code == 0
    assert check(tmp_path / "x.mp3").ok


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--loudness", "-5"), "--loudness: -5"),
        (("--loudness", "nan"), "--loudness"),
        (("--music-below", "3"), "--music-below: 3"),
        (("--breath-in", "0"), "--breath-in: 0"),
        (("--lead-length", "10"), "--lead-length: 10"),
        (("--lead-below", "1"), "--lead-below: 1"),
        (("--music", "x.wav", "--no-music"), "contradict each other"),
        (("--sounds", "nowhere"), "nowhere"),
    ],
)
def test_settings_out_of_bounds_are_refused_in_the_words_of_the_command_line(audioguide, own, options, message):
    ran = audioguide("build", own, *QUICK, *options)
    assert ran.code == 2
    assert message in ran.err
    assert len(ran.err.splitlines()) == 1


def test_neither_music_nor_a_beep_is_written_over(audioguide, own, tune, tmp_path):
    folder = own_start(tmp_path / "beeps")
    (tmp_path / "songs").mkdir()
    music_file(tmp_path / "songs/a.mp3", 9)
    for music, output in (("tune.wav", "tune.wav"), ("songs", "songs/a.mp3")):
        ran = audioguide("build", own, "--engine", "fake", "--music", music, "-o", output)
        assert (ran.code, "what the session is made from" in ran.err) == (2, True)
    ran = audioguide("build", own, "--engine", "fake", "--sounds", "beeps", "-o", str(folder / "start.wav"))
    assert ran.code == 2


def test_music_too_near_to_the_voice_is_a_warning_of_plan_and_build(audioguide, own, tune):
    Path("anna.toml").write_text('[music]\npath = "tune.wav"\nduck_db = 0\n')
    said = "music lies 16 dB below the voice while it speaks"
    assert said in audioguide("plan", own, "--engine", "fake", "--profile", "anna.toml").out
    assert "Note" not in audioguide("plan", own, "--engine", "fake", "--music", "tune.wav").out
