"""One loudness for every clip: gain to the target and a limiter for the peaks."""

from __future__ import annotations

import math

import numpy as np
from msgspec import Struct
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.level.decibels import db_to_amplitude
from audioguide.audio.level.loudness import (
    BLOCK_STEPS,
    SILENCE_LUFS,
    STEP_MS,
    energies_of,
    gated_lufs,
    k_weighted,
    lufs,
)
from audioguide.audio.level.true_peak import block_peaks
from audioguide.errors import SpeechError
from audioguide.model.units import SAMPLE_RATE_HZ, SAMPLES_PER_MS

# Each clip is normalised by itself, not the mix: a beep more or less would shift the loudness of the whole by up to
# 1.25 LU, and any change of gain would change the bytes of every segment that is known from the last build.

CEILING_DBTP = -3.0
"""Limit on the true peak before encoding. MP3 overshoots: at 64 kbit/s, the worst of 525 spoken cues in
seven voices came out 1.3 dB above its ceiling, and in whole sessions a cue came out 1.5 dB above."""

_LOOK_AHEADS_MS = (20, 8, 3, 1)
"""The limiter begins to turn down so long before a peak and is back so long after. 20 ms are slower than a voice's
pitch periods, so whole syllables are turned down and the tone isn't roughened; the quicker ones are for the rare short
word that has too few loud syllables to come to the target otherwise."""

# A round that comes this close ends the rounds; a look-ahead that comes this close is taken, and no quicker one tried.
_CLOSE_LU = 0.03
_GOOD_LU = 0.1

# Bounds for the clips that can never meet the target.
_MOST_ROUNDS = 12
_HARDEST_PUSH = 16.0

_MOST_MORE_GAIN = 10.0
"""What the limiter takes may be made up for by 20 dB at most. At −16 LUFS hardly a clip needs half of it; short words
that are all peak, and louder targets, do."""

_PerMs = NDArray[np.float64]


class _ByMs(Struct, frozen=True):
    """A clip of ``size`` samples by the millisecond: its peaks and its K-weighted energies."""

    peaks: Samples
    energies: _PerMs
    size: int


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
    size = clip.samples.size
    energies = energies_of(k_weighted(clip), SAMPLES_PER_MS)
    loudness = _loudness(energies, size)
    if loudness == SILENCE_LUFS:
        raise SpeechError("a clip came out silent")
    ceiling = db_to_amplitude(ceiling_dbtp)
    gain = db_to_amplitude(target_lufs - loudness)
    # Peaks that stay below the ceiling even at the highest gain need no look between the samples.
    peaks = block_peaks(clip.samples, SAMPLES_PER_MS, ceiling / gain / _MOST_MORE_GAIN)
    by_ms = _ByMs(peaks, energies, size)
    best, least = np.full(peaks.size, gain), math.inf
    for look_ahead_ms in _LOOK_AHEADS_MS:
        gains, off_lu = _raised(by_ms, gain, ceiling, target_lufs=target_lufs, look_ahead_ms=look_ahead_ms)
        if off_lu < least:
            best, least = gains, off_lu
        if least < _GOOD_LU:
            break
    return Clip(clip.samples * _per_sample(best, size))


def _raised(
    by_ms: _ByMs, gain: float, ceiling: float, *, target_lufs: float, look_ahead_ms: int
) -> tuple[_PerMs, float]:
    """Return limited gains for each millisecond, raised round by round to the target, and how many LU they are off it.

    The more the limiter holds back, the less a step of gain brings; so each step is as much larger as the last one
    fell short. Where a block passes a gate, loudness jumps: then the rounds close in on that gain from both sides.
    """
    # A Hann window, 1 in sum: a gain that follows it has no corners, which would be heard as clicks.
    window = np.hanning(2 * look_ahead_ms + 3)[1:-1] / (look_ahead_ms + 1)
    best, least = np.full(by_ms.peaks.size, gain), math.inf
    low, high, push, before = gain, gain * _MOST_MORE_GAIN, 1.0, math.nan
    for _ in range(_MOST_ROUNDS):
        gains = gain * _limited(gain * by_ms.peaks, ceiling, window)
        # Gains move slowly beside the K filter's memory, so the filtered energies follow them: no round filters anew.
        missing_lu = target_lufs - _loudness(by_ms.energies * gains**2, by_ms.size)
        if abs(missing_lu) < least:
            best, least = gains, abs(missing_lu)
        if least < _CLOSE_LU or (missing_lu > 0 and gain == high):
            break
        low, high = (gain, high) if missing_lu > 0 else (min(low, gain), gain)
        if before > missing_lu > 0:
            push = min(max(push * before / (before - missing_lu), 1.0), _HARDEST_PUSH)
        wanted = gain * db_to_amplitude(missing_lu * push)
        before = missing_lu
        gain = wanted if low < wanted <= high else math.sqrt(low * high)
    return best, least


def _limited(peaks: Samples, ceiling: float, window: _PerMs) -> _PerMs:
    """Return a smooth factor for each millisecond that keeps ``peaks`` at or below ``ceiling``.

    The mean over a window of minima over one that is a step wider never exceeds what any of its milliseconds allows,
    nor does a straight line between neighbours.
    """
    allowed = ceiling / np.maximum(peaks, ceiling)
    if allowed.min() == 1:
        return allowed
    minima = np.pad(allowed, window.size, mode="edge")
    # The minimum of so many neighbours, in steps that double: 43 of them take six passes.
    reached, width = 1, window.size + 2
    while reached < width:
        step = min(reached, width - reached)
        minima = np.minimum(minima[:-step], minima[step:])
        reached += step
    # Not `convolve`, which leaves its sums to BLAS, whose order, and so the last bit, differs by processor.
    means: _PerMs = np.einsum("ij,j->i", sliding_window_view(minima, window.size), window[::-1])
    return means


def _loudness(energies: _PerMs, size: int) -> float:
    """Return the loudness of ``size`` samples whose K-weighted energies are given for each millisecond."""
    steps = size // SAMPLES_PER_MS // STEP_MS
    if steps < BLOCK_STEPS:
        return lufs(float(energies.sum()) / size)
    sums = energies[: steps * STEP_MS].reshape(steps, STEP_MS).mean(axis=1)
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
