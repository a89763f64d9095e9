import numpy as np
import pytest

from audioguide.audio.clip import Clip
from audioguide.audio.cues.spoken import prepare
from audioguide.audio.level.limiter import CEILING_DBTP, normalise
from audioguide.audio.level.loudness import loudness_lufs
from audioguide.audio.level.true_peak import true_peak_dbtp
from audioguide.audio.mp3.encoder import encode
from audioguide.errors import SpeechError
from audioguide.verify.decode import decode
from tests.sounds import tone, voice_like

SECONDS = [0.05, 0.2, 0.39, 0.4, 0.41, 0.55, 1.0, 3.3]


@pytest.mark.parametrize("seconds", SECONDS)
@pytest.mark.parametrize("level", [0.01, 0.15, 0.5])
def test_every_clip_comes_to_the_target_within_0_2_lu_under_the_ceiling(seconds, level):
    result = normalise(voice_like(seconds, 3, level), -16)
    assert loudness_lufs(result) == pytest.approx(-16, abs=0.2)
    assert true_peak_dbtp(result.samples) <= CEILING_DBTP + 0.05


@pytest.mark.parametrize("seed", range(8))
def test_the_decoded_mp3_peaks_at_no_more_than_minus_1_dbtp(seed):
    clip = prepare(voice_like(4, seed, 0.3))
    decoded = decode(encode(np.pad(clip.samples, 4800)))
    assert true_peak_dbtp(decoded.samples) <= -1
    assert loudness_lufs(Clip(decoded.samples[4800:-4800])) == pytest.approx(-16, abs=0.3)


def test_a_lone_peak_is_turned_down_smoothly():
    samples = tone(300, 2, 0.1).samples.copy()
    samples[24_000] = 0.9
    result = normalise(Clip(samples), -16).samples
    strong = np.abs(samples) > 0.03
    gains = result[strong] / samples[strong]
    steps = np.abs(np.diff(20 * np.log10(gains)))
    assert steps.max() < 0.25


def test_the_length_stays():
    assert normalise(voice_like(1.2345), -16).samples.size == voice_like(1.2345).samples.size


def test_the_same_clip_gives_the_same_samples():
    one, other = (normalise(voice_like(2), -16).samples for _ in range(2))
    assert np.array_equal(one, other)


def test_silence_is_refused():
    with pytest.raises(SpeechError, match="silent"):
        normalise(Clip(np.zeros(24_000, np.float32)), -16)


def test_another_rate_is_refused():
    with pytest.raises(ValueError, match="24000 Hz, not 22050"):
        normalise(voice_like(1, rate_hz=22_050), -16)


def test_a_clip_of_one_sample_does_not_break_it():
    assert normalise(Clip(np.full(1, 0.1, np.float32)), -16).samples.size == 1
