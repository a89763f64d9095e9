import math

import numpy as np
import pytest
import soxr

from audioguide.audio.level.true_peak import block_peaks, true_peak_dbtp
from tests.sounds import tone, voice_like


def test_a_tone_whose_samples_miss_its_crests_reads_its_amplitude():
    # a quarter of the rate at 45 degrees: every sample lies 3 dB under the crest
    time = np.arange(2400)
    samples = (0.5 * np.sin(2 * np.pi * time / 4 + np.pi / 4)).astype(np.float32)
    assert 20 * math.log10(np.abs(samples).max()) == pytest.approx(-9.03, abs=0.01)
    assert true_peak_dbtp(samples[200:-200]) == pytest.approx(-6.02, abs=0.2)


@pytest.mark.parametrize("seed", range(4))
def test_it_agrees_with_resampling_eight_times(seed):
    samples = voice_like(3, seed).samples
    fine = soxr.resample(samples, 24_000, 192_000, "VHQ")
    assert true_peak_dbtp(samples) == pytest.approx(20 * math.log10(np.abs(fine).max()), abs=0.25)


def test_looking_only_where_it_matters_finds_the_same_peak():
    samples = voice_like(2).samples
    everywhere = block_peaks(samples, 24, 0.0)
    assert 20 * math.log10(everywhere.max()) == pytest.approx(true_peak_dbtp(samples), abs=1e-6)


def test_silence_is_minus_infinity():
    assert true_peak_dbtp(np.zeros(1000, np.float32)) == -math.inf


def test_a_peak_at_the_very_end_counts():
    samples = np.zeros(1001, np.float32)
    samples[-1] = 0.5
    assert true_peak_dbtp(samples) >= -6.1


def test_a_low_tone_reads_its_sample_peak():
    assert true_peak_dbtp(tone(100, 1, 0.25).samples) == pytest.approx(-12.04, abs=0.1)
