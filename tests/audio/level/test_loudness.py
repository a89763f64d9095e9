import math

import numpy as np
import pyloudnorm
import pytest

from audioguide.audio.clip import Clip
from audioguide.audio.level.loudness import k_weighted, loudness_lufs
from tests.sounds import tone, voice_like


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_a_full_scale_tone_of_997_hz_reads_minus_3_01_lufs_at_any_rate(rate_hz):
    # BS.1770-4, Annex 1: what the constant -0.691 is there for
    assert loudness_lufs(tone(997, 3, 1.0, rate_hz)) == pytest.approx(-3.01, abs=0.03)


@pytest.mark.parametrize("seed", range(6))
def test_it_agrees_with_pyloudnorm_on_whole_blocks(seed):
    clip = voice_like(2 + seed, seed, rate_hz=48_000)
    theirs = pyloudnorm.Meter(48_000).integrated_loudness(clip.samples.astype(np.float64))
    assert loudness_lufs(clip) == pytest.approx(theirs, abs=0.05)


def test_long_silence_is_gated_out():
    voice = voice_like(10)
    padded = Clip(np.concatenate([voice.samples, np.zeros(24_000 * 60, np.float32)]))
    assert loudness_lufs(padded) == pytest.approx(loudness_lufs(voice), abs=0.1)


def test_a_quiet_stretch_under_the_relative_gate_counts_for_nothing():
    loud, quiet = tone(997, 5, 0.5), tone(997, 5, 0.05)
    both = Clip(np.concatenate([loud.samples, quiet.samples]))
    assert loudness_lufs(both) == pytest.approx(loudness_lufs(loud), abs=0.15)


def test_a_clip_shorter_than_a_block_has_its_mean_square():
    assert loudness_lufs(tone(997, 0.2, 1.0)) == pytest.approx(-3.01, abs=0.1)


def test_silence_is_minus_infinity():
    assert loudness_lufs(Clip(np.zeros(24_000, np.float32))) == -math.inf
    assert loudness_lufs(Clip(np.zeros(10, np.float32))) == -math.inf


def test_blocks_join_without_a_seam():
    clip = voice_like(3)
    here = k_weighted(clip)
    late = Clip(np.concatenate([np.zeros(5_001, np.float32), clip.samples]))
    error = k_weighted(late)[5_001:] - here
    assert 10 * np.log10(float(error @ error) / float(here @ here)) < -60
