"""Sets that change, one treated side and repeated holds as MP3s, heard by a decoder that is not ours."""

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

CASES = Path(__file__).parent.parent / "cases" / "wanted"


@pytest.mark.parametrize("name", ["mcgill", "setsrest", "quad", "hangboard"])
def test_every_beep_is_where_the_plan_has_it(name: str, tmp_path: Path):
    path = tmp_path / f"{name}.mp3"
    assert run(["build", str(CASES / f"{name}.toml"), "--engine", "espeak", "--quiet", "-o", str(path)]) == 0
    timeline, samples = read_plan(path).timeline, ffmpeg_heard(path).samples
    assert samples.size == timeline.duration_ms * SAMPLES_PER_MS
    sounds = load_sounds()
    beeps = timeline.of_kind(EventKind.BEEP)
    offsets = [offset_ms(samples, sounds[BeepRole(beep.role)], beep.start_ms) for beep in beeps]
    assert np.abs(offsets).max() < 30
    report = check(path)
    assert report.ok, [row for row in report.rows if not row.ok]
