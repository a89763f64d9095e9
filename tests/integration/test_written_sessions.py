"""Weeks, sides, joined and shuffled protocols through the real voice, heard by a decoder that is not ours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.cues.tones import load_sounds
from audioguide.cli import run
from audioguide.export.tags.id3 import read_plan
from audioguide.model.kinds import BeepRole, EventKind
from audioguide.model.units import SAMPLES_PER_MS
from audioguide.verify.check import check
from tests.decoders import ffmpeg_heard, offset_ms

pytestmark = [pytest.mark.real, pytest.mark.usefixtures("shared_speech")]

FOLDER = Path(__file__).parent.parent / "protocols"
HOUR = Path(__file__).parent.parent / "cases/rest-zero/emom-hour.toml"

WANTED = {
    "couch-to-5k in its first week": (f"{FOLDER / 'couch-to-5k.toml'}", "--week", "1"),
    "couch-to-5k in its last week": (f"{FOLDER / 'couch-to-5k.toml'}", "--week", "9"),
    "a flow by sides": (f"{FOLDER / 'flow-by-side.toml'}", "--weak-side", "right"),
    "a flow by sides in rounds": (f"{FOLDER / 'flow-rounds.toml'}",),
    "joined protocols": ("movement-break", f"{FOLDER / 'flow-by-side.toml'}", "box-breathing"),
    "a sheet of presses for the neck": (f"{FOLDER / 'neck.toml'}",),
    "a set that is counted to twenty": (f"{FOLDER / 'count-to-twenty.toml'}",),
    "a shuffled circuit": (f"{FOLDER / 'mixed-circuit.toml'}", "--seed", "7"),
}


@pytest.mark.parametrize("wanted", WANTED)
def test_the_recording_keeps_its_plan_to_check_and_to_an_independent_decoder(wanted: str, tmp_path: Path):
    path = tmp_path / "session.mp3"
    assert run(["build", *WANTED[wanted], "--engine", "espeak", "--quiet", "-o", str(path)]) == 0
    report = check(path)
    assert report.ok, [row for row in report.rows if not row.ok]
    timeline, samples, sounds = read_plan(path).timeline, ffmpeg_heard(path).samples, load_sounds()
    assert samples.size == timeline.duration_ms * SAMPLES_PER_MS
    beeps = timeline.of_kind(EventKind.BEEP)
    offsets = [offset_ms(samples, sounds[BeepRole(beep.role)], beep.start_ms) for beep in beeps]
    assert np.abs(offsets).max() < 30


def test_every_minute_of_an_hour_begins_on_the_minute(tmp_path: Path):
    path = tmp_path / "hour.mp3"
    assert run(["build", str(HOUR), "--engine", "espeak", "--quiet", "-o", str(path)]) == 0
    timeline, samples, sounds = read_plan(path).timeline, ffmpeg_heard(path).samples, load_sounds()
    starts = [beep for beep in timeline.of_kind(EventKind.BEEP) if beep.role is BeepRole.START]
    heard_ms = [beep.start_ms + offset_ms(samples, sounds[BeepRole.START], beep.start_ms) for beep in starts]
    drift_ms = np.array(heard_ms) - heard_ms[0] - 60_000 * np.arange(60)
    assert np.abs(drift_ms).max() < 24, "a frame of the MP3"
