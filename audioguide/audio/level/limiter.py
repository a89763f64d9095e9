"""One loudness for every clip: gain to the target and a limiter for the peaks. `audio.cues.spoken` applies it to
speech.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.level.decibels import db_to_amplitude
from audioguide.audio.level.loudness import SILENCE_LUFS, energies_of, gated_lufs, k_weighted, lufs
from audioguide.audio.level.true_peak import block_peaks
from audioguide.errors import SpeechError
from audioguide.model.units import SAMPLE_RATE_HZ, SAMPLES_PER_MS

CEILING_DBTP = -3.0
"""Limit on the true peak before encoding. MP3 overshoots: at 64 kbit/s, the worst of 525 spoken cues in
seven voices came out 1.3 dB above its ceiling, and in whole sessions a cue came out 1.5 dB above."""

_LOOK_AHEADS_MS = (20, 8, 3, 1)
"""The limiter begins to turn down so long before a peak and is back so long after. 20 ms are slower than a voice's
pitch periods, so whole syllables are turned down and the tone isn't roughened; the quicker ones are for the rare short
word that has too few loud syllables to come to the target otherwise."""

_CLOSE_LU = 0.03
_GOOD_LU = 0.1
_MOST_ROUNDS = 12
_HARDEST_PUSH = 16.0
_MS_A_STEP = 100
_STEPS_A_BLOCK = 4
_MOST_MORE_GAIN = 10.0
"""What the limiter takes may be made up for by 20 dB at most. At −16 LUFS hardly a clip needs half of it; short words
that are all peak, and louder targets, do."""

_PerMs = NDArray[np.float64]


def normalise(clip: Clip, target_lufs: float, ceiling_dbtp: float = CEILING_DBTP) -> Clip:
    """Return ``clip`` (24 kHz) at ``target_lufs`` within 0.2 LU, no true peak above ``ceiling_dbtp``; same length.

    Gain raises the clip, a look-ahead limiter takes its peaks down, and as that costs loudness, gain follows until
    the target is met. A sound that is nearly all peak may stay below it.

    Raises:
        ValueError: for a clip at another rate.
        SpeechError: when the clip is silent.
    """
    if clip.rate_hz != SAMPLE_RATE_HZ:
        raise ValueError(f"a clip is normalised at {SAMPLE_RATE_HZ} Hz, not {clip.rate_hz}")
    energies = energies_of(k_weighted(clip), SAMPLES_PER_MS)
    loudness = _loudness(energies, clip.samples.size)
    if loudness == SILENCE_LUFS:
        raise SpeechError("a clip came out silent")
    ceiling = db_to_amplitude(ceiling_dbtp)
    gain = db_to_amplitude(target_lufs - loudness)
    peaks = block_peaks(clip.samples, SAMPLES_PER_MS, ceiling / gain / _MOST_MORE_GAIN)
    missing = partial(_missing, energies, clip.samples.size, target_lufs)
    gains = _gains(peaks, gain, ceiling, missing)
    return Clip(clip.samples * _per_sample(gains, clip.samples.size))


def _gains(peaks: Samples, gain: float, ceiling: float, missing: Callable[[_PerMs], float]) -> _PerMs:
    """Return the gain of each millisecond that leaves as good as nothing missing, or as little as can be."""
    best = np.full(peaks.size, gain)
    least = math.inf
    for look_ahead_ms in _LOOK_AHEADS_MS:
        limited = partial(_limited, ceiling=ceiling, window=_window(look_ahead_ms))
        gains, left = _pushed(peaks, gain, limited, missing)
        if left < least:
            best, least = gains, left
        if least < _GOOD_LU:
            break
    return best


def _pushed(
    peaks: Samples, gain: float, limited: Callable[[Samples], _PerMs], missing: Callable[[_PerMs], float]
) -> tuple[_PerMs, float]:
    """Return the best of gains raised round by round until nothing is missing, and how much of it still is.

    The more the limiter holds back, the less a step of gain brings; so each step is as much larger as the last one
    fell short. Where a block passes a gate, loudness jumps: then the rounds close in on that gain from both sides.
    """
    best, least = np.full(peaks.size, gain), math.inf
    low, high, push, before = gain, gain * _MOST_MORE_GAIN, 1.0, math.nan
    for _ in range(_MOST_ROUNDS):
        gains = gain * limited(gain * peaks)
        left = missing(gains)
        if abs(left) < least:
            best, least = gains, abs(left)
        if least < _CLOSE_LU or (left > 0 and gain == high):
            break
        low, high = (gain, high) if left > 0 else (min(low, gain), gain)
        if before > left > 0:
            push = min(max(push * before / (before - left), 1.0), _HARDEST_PUSH)
        wanted = gain * db_to_amplitude(left * push)
        before = left
        gain = wanted if low < wanted <= high else math.sqrt(low * high)
    return best, least


def _missing(energies: _PerMs, size: int, target_lufs: float, gains: _PerMs) -> float:
    """Return how many LU ``gains`` leave to the target.

    The gain moves slowly beside the K filter's memory, so the filtered energies follow it and no round filters anew.
    """
    return target_lufs - _loudness(energies * gains**2, size)


def _limited(peaks: Samples, ceiling: float, window: _PerMs) -> _PerMs:
    """Return a smooth factor for each millisecond that keeps ``peaks`` at or below ``ceiling``.

    The mean over a window of minima over one that is a step wider never exceeds what any of its milliseconds allows,
    nor does a straight line between neighbours.
    """
    allowed = ceiling / np.maximum(peaks, ceiling)
    if allowed.min() == 1:
        return allowed
    padded = np.pad(allowed, window.size, mode="edge")
    return np.convolve(_sliding_min(padded, window.size + 2), window, mode="valid")


def _window(look_ahead_ms: int) -> _PerMs:
    """Return the weights, 1 in sum, with which a gain is smoothed."""
    return np.hanning(2 * look_ahead_ms + 3)[1:-1] / (look_ahead_ms + 1)


def _sliding_min(values: _PerMs, width: int) -> _PerMs:
    """Return the minimum of each ``width`` neighbours, in steps that double."""
    reached = 1
    while reached < width:
        step = min(reached, width - reached)
        values = np.minimum(values[:-step], values[step:])
        reached += step
    return values


def _loudness(energies: _PerMs, size: int) -> float:
    """Return the loudness of ``size`` samples whose K-weighted energies are given for each millisecond."""
    steps = size // SAMPLES_PER_MS // _MS_A_STEP
    if steps < _STEPS_A_BLOCK:
        return lufs(float(energies.sum()) / size)
    sums = energies[: steps * _MS_A_STEP].reshape(steps, _MS_A_STEP).mean(axis=1)
    return gated_lufs(sums / SAMPLES_PER_MS)


def _per_sample(gains: _PerMs, size: int) -> Samples:
    """Return ``size`` gains, straight lines from the middle of one millisecond to that of the next."""
    narrow = gains.astype(np.float32)
    ends = np.concatenate((narrow[:1], narrow, narrow[-1:]))
    share = ((np.arange(SAMPLES_PER_MS) + 0.5) / SAMPLES_PER_MS).astype(np.float32)
    lines = ends[:-1, None] + np.diff(ends)[:, None] * share
    half = SAMPLES_PER_MS // 2
    wanted: Samples = lines.reshape(-1)[half : half + size]
    return wanted
