import numpy as np
import pytest

from audioguide.audio.clip import Clip
from audioguide.audio.cues.spoken import prepare
from audioguide.audio.level.loudness import loudness_lufs
from audioguide.errors import SpeechError
from tests.sounds import tone, voice_like


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 44_100])
def test_any_rate_becomes_24_khz_at_the_same_length(rate_hz):
    clip = prepare(voice_like(1.5, rate_hz=rate_hz))
    assert clip.rate_hz == 24_000
    assert clip.samples.size == pytest.approx(36_000, abs=1)


def test_the_ends_are_silent_so_nothing_clicks():
    samples = prepare(Clip(np.full(24_000, 0.3, np.float32) * np.sign(tone(440, 1, 1).samples + 0.01))).samples
    assert abs(samples[0]) < 1e-6
    assert abs(samples[-1]) < 0.001
    assert np.abs(np.diff(np.abs(samples[:72]))).max() < 0.05


def test_volume_is_gain_after_loudness():
    full, half = prepare(voice_like(2)), prepare(voice_like(2), volume=0.5)
    assert loudness_lufs(half) - loudness_lufs(full) == pytest.approx(-6.02, abs=0.01)


def test_what_lies_above_half_the_rate_does_not_fold_back():
    loud = tone(18_000, 2, 0.5, 48_000).samples + tone(500, 2, 0.5, 48_000).samples
    spectrum = np.abs(np.fft.rfft(prepare(Clip(loud, 48_000)).samples[12_000:36_000] * np.hanning(24_000)))
    alias, wanted = spectrum[5_800:6_200].max(), spectrum[490:510].max()
    assert 20 * np.log10(alias / wanted) < -80


def test_the_clip_given_is_left_as_it_was():
    clip = voice_like(1)
    before = clip.samples.copy()
    prepare(clip)
    assert np.array_equal(clip.samples, before)


@pytest.mark.parametrize("volume", [0, -1, 1.5])
def test_a_volume_outside_its_range_is_refused(volume):
    with pytest.raises(ValueError, match="volume"):
        prepare(voice_like(1), volume=volume)


def test_silence_is_refused():
    with pytest.raises(SpeechError):
        prepare(Clip(np.zeros(22_050, np.float32), 22_050))
