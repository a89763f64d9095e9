"""A session by segments, beside the same session encoded in one piece; and builds that are killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
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
from tests.decoders import ffmpeg_samples, snr_db
from tests.helpers import layer
from tests.integration.conftest import COUNTED, SHORTEST, WholeBuild

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return prepare_session(load_protocol("interval"), [layer(voice={"engine": "espeak"})])


def sounding(prepared: Prepared, samples: Samples) -> Samples:
    parts = [
        samples[event.start_ms * SAMPLES_PER_MS : event.end_ms * SAMPLES_PER_MS]
        for event in prepared.plan.timeline.sounds()
    ]
    return np.concatenate(parts)


def test_a_real_session_by_segments_is_as_true_as_in_one_piece_to_two_decoders(prepared: Prepared, tmp_path: Path):
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


def start(folder: Path, output: str, cache: Path, *module: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", *(module or ("audioguide",)), "build", SHORTEST, "--quiet", "-o", output]
    environment = os.environ | COUNTED | {"AUDIOGUIDE_CACHE": str(cache)}
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)


def stopping(event: str, number: int) -> tuple[str, ...]:
    return "tests.integration.self_stopping", str(int(signal.SIGKILL)), event, str(number)


def test_killed_at_any_moment_and_run_again_the_bytes_are_right(tmp_path: Path, whole_build: WholeBuild):
    data, _, writes = whole_build
    cache = tmp_path / "cache"
    # Each build finds what those before it kept, and so gets further: the voice starts, speaks its first clip, speaks
    # on, encodes, and puts the file in its place.
    moments = [("subprocess.Popen", 1), ("subprocess.Popen", 2), ("os.rename", 1), *[("os.rename", writes // 3)] * 3]
    moments += [("any", number) for number in random.Random(11).sample(range(1, 3_000), k=2)]
    kills = 0
    for event, number in [*moments, ("os.rename", 1)]:
        killed = start(tmp_path, "x.mp3", cache, *stopping(event, number))
        killed.communicate()
        assert killed.returncode in (-signal.SIGKILL, 0)  # what is in the cache leaves fewer moments
        kills += killed.returncode == -signal.SIGKILL
        assert not (tmp_path / "x.mp3").exists() or (tmp_path / "x.mp3").read_bytes() == data
    assert kills >= len(moments) - 1
    assert start(tmp_path, "x.mp3", cache).wait() == 0
    assert (tmp_path / "x.mp3").read_bytes() == data


def test_two_builds_at_once_with_one_cache_are_both_right(tmp_path: Path, whole_build: WholeBuild):
    both = [start(tmp_path, name, tmp_path / "cache") for name in ("a.mp3", "b.mp3")]
    assert [process.wait() for process in both] == [0, 0]
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes() == whole_build.data
