import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.audio.level.ducking import DuckedGain, Ducking

SLOW = Ducking(down_db=8, attack_ms=250, release_ms=900, join_ms=2_500)


def gain_db(gain: DuckedGain, *times_ms: float) -> list[float]:
    return [float(value) for value in 20 * np.log10(gain.at(np.array(times_ms, np.float64)))]


def test_it_is_down_when_the_cue_begins_and_back_after_it():
    gain = DuckedGain([(5_000, 6_000)], SLOW)
    assert gain_db(gain, 0, 4_750, 5_000, 5_500, 6_000, 6_900, 9_000) == pytest.approx(
        [0, 0, -8, -8, -8, 0, 0], abs=1e-4
    )


def test_it_moves_smoothly():
    levels = gain_db(DuckedGain([(5_000, 6_000)], SLOW), *range(4_000, 8_000))
    assert np.abs(np.diff(levels)).max() < 8 * np.pi / 2 / 250 * 1.01


def test_it_stays_down_between_cues_that_are_close():
    gain = DuckedGain([(5_000, 6_000), (8_400, 9_000)], SLOW)
    assert gain_db(gain, 7_000) == pytest.approx([-8], abs=1e-4)
    apart = DuckedGain([(5_000, 6_000), (8_600, 9_000)], SLOW)
    assert gain_db(apart, 7_000) == pytest.approx([0], abs=1e-4)


def test_without_cues_nothing_is_turned_down():
    assert gain_db(DuckedGain([], SLOW), 0, 1_000) == [0, 0]


cues = st.lists(st.tuples(st.integers(0, 3_000), st.integers(1, 3_000)), max_size=8)


@given(cues, st.integers(0, 1_000), st.integers(0, 1_000), st.integers(0, 1_000))
def test_whatever_the_cues_it_is_down_under_each_and_never_above_or_below(spans, attack_ms, release_ms, join_ms):
    at, stretches = 0, []
    for gap, length in spans:
        stretches.append((at + gap, at + gap + length))
        at = stretches[-1][1]
    gain = DuckedGain(stretches, Ducking(10, attack_ms, release_ms, join_ms))
    levels = np.array(gain_db(gain, *range(0, at + 2_000, 7)))
    assert levels.min(initial=0) >= -10.001
    assert levels.max(initial=-10) <= 0.001
    for start, end in stretches:
        assert gain_db(gain, start, (start + end) / 2, end) == pytest.approx([-10] * 3, abs=0.001)


def test_samples_are_the_same_in_whatever_stretches_they_are_asked_for():
    gain = DuckedGain([(100, 300), (4_000, 4_100)], SLOW)
    whole = gain.samples(0, 48 * 6_000, 48)
    parts = np.concatenate(
        [gain.samples(first, min(7_777, whole.size - first), 48) for first in range(0, whole.size, 7_777)]
    )
    assert np.abs(whole - parts).max() < 1e-6
