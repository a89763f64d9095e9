"""How loud sound is to people: LUFS by ITU-R BS.1770-4.

Written out rather than taken from a library, because the limiter needs the energies of each millisecond, and to filter
by FFT keeps scipy (164 MB) out. It agrees with pyloudnorm within 0.14 LU; a test holds it to FFmpeg's meter.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.level.decibels import db_to_power, power_to_db
from audioguide.model.units import SAMPLE_RATE_HZ

SILENCE_LUFS = -math.inf

BLOCK_STEPS = 4
"""A gating block of 400 ms is four steps of 100 ms, so blocks overlap by 75% (Annex 1)."""

STEP_MS = 100

# Annex 1: blocks under the absolute gate are silence; of the rest, those 10 LU under their mean are pauses. Without the
# gates a slow speaker would measure quieter than a fast one at the same level.
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0

# Cancels what K-weighting adds to a 997 Hz tone, so that full scale in one channel reads −3.01 LUFS.
_OFFSET_LUFS = -0.691

_STEP = SAMPLE_RATE_HZ * STEP_MS // 1000

_TABLES_RATE_HZ = 48_000
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""Numerators and denominators of Annex 1, tables 1 and 2, which hold for 48 kHz."""

# The high-pass at 38 Hz forgets slowest; after 80 ms what is left of the past is no more than float32's rounding.
_HISTORY_S = 0.08
_HISTORIES_A_BLOCK = 8

_Energies = NDArray[np.float64]


def loudness_lufs(clip: Clip) -> float:
    """Return the integrated loudness of ``clip`` at any rate, in LUFS; minus infinity for silence.

    BS.1770-4, Annex 1: 400 ms blocks, an absolute gate at −70 LUFS and a relative one at −10 LU. A clip shorter than a
    block has its mean square over its whole length, without gates.
    """
    step = round(clip.rate_hz * STEP_MS / 1000)
    energies = energies_of(k_weighted(clip), step)
    whole = energies[: clip.samples.size // step]
    if whole.size < BLOCK_STEPS:
        return lufs(float(energies.sum()) / clip.samples.size)
    return gated_lufs(whole / step)


class LoudnessMeter:
    """Measures as `loudness_lufs` does, at 24 kHz, what comes in pieces and is not kept."""

    def __init__(self) -> None:
        self._past = np.zeros(0, np.float32)
        self._rest = np.zeros(0, np.float32)
        self._steps: list[_Energies] = []

    def add(self, samples: Samples) -> None:
        """Take what comes next, float32, shape (n,)."""
        waiting = np.concatenate((self._rest, samples))
        whole = waiting.size // _STEP * _STEP
        new, self._rest = waiting[:whole], waiting[whole:]
        if whole:
            # With as much of the past as the filter remembers.
            heard = np.concatenate((self._past, new))
            weighted = k_weighted(Clip(heard))[self._past.size :]
            self._steps.append(energies_of(weighted, _STEP) / _STEP)
            self._past = heard[-round(SAMPLE_RATE_HZ * _HISTORY_S) :]

    def lufs(self) -> float:
        """Return the loudness of all that came; minus infinity for silence, and for nothing."""
        steps = np.concatenate(self._steps) if self._steps else np.zeros(0)
        if steps.size >= BLOCK_STEPS:
            return gated_lufs(steps)
        # Under a block of 400 ms it is all still there.
        left = np.concatenate((self._past, self._rest))
        if not left.size:
            return SILENCE_LUFS
        weighted = k_weighted(Clip(left))[self._past.size :]
        samples = steps.size * _STEP + self._rest.size
        energy = float(steps.sum()) * _STEP + float(np.einsum("i,i->", weighted, weighted))
        return lufs(energy / samples) if energy else SILENCE_LUFS


def gated_lufs(steps: _Energies) -> float:
    """Return the integrated loudness of consecutive mean squares of 100 ms each, K-weighted, shape (n,), n ≥ 4."""
    blocks = sliding_window_view(steps, BLOCK_STEPS).mean(axis=1)
    # The relative gate is set by the mean of powers, not of decibels, over what passed the absolute one.
    audible = blocks[blocks > _mean_square(_ABSOLUTE_GATE_LUFS)]
    if audible.size == 0:
        return SILENCE_LUFS
    gate = lufs(float(audible.mean())) + _RELATIVE_GATE_LU
    return lufs(float(audible[audible > _mean_square(gate)].mean()))


def energies_of(samples: Samples, step: int) -> _Energies:
    """Return the sum of squares of each ``step`` samples; the last may cover fewer."""
    cut = samples.size // step * step
    rows, rest = samples[:cut].reshape(-1, step), samples[cut:]
    energies = np.einsum("ij,ij->i", rows, rows).astype(np.float64)
    # By einsum here too: `@` leaves it to BLAS, whose order of sums, and so the last bit, differs by processor.
    return np.append(energies, float(np.einsum("i,i->", rest, rest))) if rest.size else energies


def lufs(mean_square: float) -> float:
    """Return the loudness of one K-weighted mean square."""
    return _OFFSET_LUFS + power_to_db(mean_square)


def _mean_square(loudness: float) -> float:
    return db_to_power(loudness - _OFFSET_LUFS)


def k_weighted(clip: Clip) -> Samples:
    """Return the samples of ``clip`` filtered as the head and the ear do (Annex 1, figure 1); same shape and rate.

    Filtered by FFT in overlapping blocks: each carries so much of the past that the filter has forgotten the rest.
    """
    # Powers of two, for the FFT; each block is an eighth history, seven eighths new.
    history = 1 << math.ceil(math.log2(clip.rate_hz * _HISTORY_S))
    length = _HISTORIES_A_BLOCK * history
    hop = length - history
    blocks = -(-clip.samples.size // hop)
    padded = np.zeros(history + blocks * hop, np.float32)
    padded[history : history + clip.samples.size] = clip.samples
    spectra = np.fft.rfft(sliding_window_view(padded, length)[::hop], axis=1)
    spectra *= _response(clip.rate_hz, length)
    filtered = np.fft.irfft(spectra, length, axis=1)[:, history:]
    return np.ascontiguousarray(filtered.reshape(-1)[: clip.samples.size], dtype=np.float32)


@lru_cache(maxsize=4)
def _response(rate_hz: int, length: int) -> NDArray[np.complex64]:
    """Return the two filters' response at each frequency of an FFT.

    The 48 kHz filter is evaluated at the frequencies of the other rate, which is what a meter gives that first
    resamples to 48 kHz; what lies above its 24 kHz is taken as at 24 kHz.
    """
    # The annex gives coefficients for 48 kHz only, and no analogue filter to design others from.
    frequencies = np.minimum(np.fft.rfftfreq(length, 1 / rate_hz), _TABLES_RATE_HZ / 2)
    delay = np.exp(-2j * np.pi * frequencies / _TABLES_RATE_HZ)
    response = np.ones_like(delay)
    for numerator, denominator in (_SHELF, _HIGH_PASS):
        response *= np.polyval(numerator[::-1], delay) / np.polyval(denominator[::-1], delay)
    narrowed: NDArray[np.complex64] = response.astype(np.complex64)
    return narrowed
