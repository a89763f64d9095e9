"""The default session by segments, beside the same session encoded in one piece; and builds that are killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.clip import Samples
from audioguide.audio.mp3.encoder import encode
from audioguide.audio.render.mix import mix
from audioguide.audio.render.render import render
from audioguide.library.protocol_files import load_protocol
from audioguide.model.units import SAMPLES_PER_MS
from audioguide.pipeline import Prepared, prepare_session
from audioguide.verify.decode import decode
from tests.audio.made_audio import ffmpeg_samples

pytestmark = pytest.mark.real

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return prepare_session(load_protocol("hip-flexor"))


def sounding(prepared: Prepared, samples: Samples) -> Samples:
    parts = [
        samples[event.start_ms * SAMPLES_PER_MS : event.end_ms * SAMPLES_PER_MS]
        for event in prepared.plan.timeline.sounds()
    ]
    return np.concatenate(parts)


def snr_db(heard: Samples, meant: Samples) -> float:
    return float(10 * np.log10(np.sum(meant.astype(np.float64) ** 2) / np.sum((heard - meant).astype(np.float64) ** 2)))


def test_the_real_session_by_islands_is_as_true_as_in_one_piece_to_two_decoders(prepared: Prepared, tmp_path: Path):
    timeline = prepared.plan.timeline
    meant = mix(timeline, prepared.speech, prepared.sounds)
    (tmp_path / "whole.mp3").write_bytes(encode(mix(timeline, prepared.speech, prepared.sounds)))
    stream = render(timeline, prepared.speech, prepared.sounds)
    (tmp_path / "segments.mp3").write_bytes(b"".join(stream.chunks()))
    for decoder in (ffmpeg_samples, lambda path: decode(path).samples):
        whole, segments = decoder(tmp_path / "whole.mp3"), decoder(tmp_path / "segments.mp3")
        assert segments.size == whole.size == meant.size
        part = sounding(prepared, meant)
        difference = snr_db(sounding(prepared, segments), part) - snr_db(sounding(prepared, whole), part)
        assert abs(difference) <= 0.1


def command(output: str, cache: Path) -> tuple[list[str], dict[str, str]]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "AUDIOGUIDE_CACHE": str(cache)}
    return [sys.executable, "-m", "audioguide", "build", "movement-break", "--quiet", "-o", output], environment


def start(folder: Path, output: str, cache: Path) -> subprocess.Popen[bytes]:
    arguments, environment = command(output, cache)
    return subprocess.Popen(arguments, cwd=folder, env=environment, stdout=subprocess.DEVNULL)


def test_killed_at_any_moment_and_run_again_the_bytes_are_right(tmp_path: Path):
    assert start(tmp_path, "right.mp3", tmp_path / "other").wait() == 0
    right = (tmp_path / "right.mp3").read_bytes()
    cache = tmp_path / "cache"
    for delay_s in (random.Random(11).uniform(0.05, 1.2) for _ in range(20)):
        killed = start(tmp_path, "x.mp3", cache)
        time.sleep(delay_s)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert not (tmp_path / "x.mp3").exists() or (tmp_path / "x.mp3").read_bytes() == right
    assert start(tmp_path, "x.mp3", cache).wait() == 0
    assert (tmp_path / "x.mp3").read_bytes() == right


def test_two_builds_at_once_with_one_cache_are_both_right(tmp_path: Path):
    assert start(tmp_path, "right.mp3", tmp_path / "other").wait() == 0
    both = [start(tmp_path, name, tmp_path / "cache") for name in ("a.mp3", "b.mp3")]
    assert [process.wait() for process in both] == [0, 0]
    right = (tmp_path / "right.mp3").read_bytes()
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes() == right
