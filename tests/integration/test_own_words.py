"""Calls, switches and recordings of a protocol's own through the real voice, heard by a decoder that is not ours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioguide.audio.cues.spoken import prepare
from audioguide.cli import run
from audioguide.export.tags.id3 import read_plan
from audioguide.model.kinds import BeepRole, EventKind
from audioguide.model.units import SAMPLES_PER_MS
from audioguide.verify.check import check
from tests.decoders import ffmpeg_samples, offset_ms
from tests.helpers import HEAD
from tests.sounds import voice_like

pytestmark = pytest.mark.real

OWN = """
closing = { text = "Well done.", clip = "well-done.wav" }
[[phase]]
title = "Walk"
exercises = ["walk"]
[exercise.walk]
name = "Walk"
hold_s = 60
cues = { countdown = false, start = false }
every_s = 20
calls = [{ at_s = 30, say = { text = "Turn back.", clip = "turn.wav" } }]
"""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    (folder / "own.toml").write_text(HEAD + OWN)
    for seed, name in enumerate(("turn", "well-done"), 1):
        clip = voice_like(1.5, seed, rate_hz=48_000)
        silence = np.zeros(24_000, np.float32)
        soundfile.write(folder / f"{name}.wav", np.concatenate([silence, clip.samples, silence]), clip.rate_hz)
    arguments = ["build", str(folder / "own.toml"), "--engine", "espeak", "--quiet", "-o", str(folder / "own.mp3")]
    assert run(arguments) == 0
    return folder / "own.mp3"


def test_the_check_finds_all_of_it_as_planned(session: Path):
    report = check(session)
    assert report.ok, [row for row in report.rows if not row.ok]
    assert {recording.file for recording in report.plan.recordings} == {"turn.wav", "well-done.wav"}


def test_recordings_are_heard_at_their_times_and_as_they_were_spoken(session: Path):
    timeline, samples = read_plan(session).timeline, ffmpeg_samples(session)
    [hold] = timeline.of_kind(EventKind.HOLD)
    for seed, text in enumerate(("Turn back.", "Well done."), 1):
        [cue] = [event for event in timeline.events if event.text == text]
        assert abs(offset_ms(samples, prepare(voice_like(1.5, seed)), cue.start_ms)) < 60
        if seed == 1:
            assert abs(cue.start_ms - hold.start_ms - 30_000) <= 12
    assert timeline.duration_ms * SAMPLES_PER_MS == samples.size


def test_what_is_switched_off_is_silent(session: Path):
    timeline, samples = read_plan(session).timeline, ffmpeg_samples(session)
    assert not {BeepRole.START, BeepRole.COUNTDOWN} & {event.role for event in timeline.of_kind(EventKind.BEEP)}
    # A silent stretch may end with the soft tone that wakes a Bluetooth output before the end beep.
    sounds = timeline.sounds()
    at = next(number for number, cue in enumerate(sounds) if cue.text == "Ten seconds.")
    quiet = samples[(sounds[at].end_ms + 50) * SAMPLES_PER_MS : (sounds[at + 1].start_ms - 24) * SAMPLES_PER_MS]
    assert quiet.size > 8_000 * SAMPLES_PER_MS
    assert np.abs(quiet).max() < 10 ** (-60 / 20)
