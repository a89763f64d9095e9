"""Peaks between the samples, by ITU-R BS.1770-4, Annex 2: a player's converter puts out the curve through the samples,
which can rise above the highest of them and clip.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from audioguide.audio.clip import Samples
from audioguide.audio.level.decibels import amplitude_to_db

_OUTER = (
    0.0017089843750, 0.0109863281250, -0.0196533203125, 0.0332031250000, -0.0594482421875, 0.1373291015625,
    0.9721679687500, -0.1022949218750, 0.0476074218750, -0.0266113281250, 0.0148925781250, -0.0083007812500,
)  # fmt: skip
_INNER = (
    -0.0291748046875, 0.0292968750000, -0.0517578125000, 0.0891113281250, -0.1665039062500, 0.4650878906250,
    0.7797851562500, -0.2003173828125, 0.1015625000000, -0.0582275390625, 0.0330810546875, -0.0189208984375,
)  # fmt: skip
_PHASES = np.array([_OUTER, _INNER, _INNER[::-1], _OUTER[::-1]], np.float32)
"""The interpolating filter of the annex: four phases of twelve taps, for four times the rate."""

_TAPS = _PHASES.shape[1]
_BEFORE = _TAPS // 2
_STRONGEST = float(np.abs(_PHASES).sum(axis=1).max())
"""No peak between samples exceeds its neighbours by more than this factor, so quiet stretches need no look."""

# Keeps digital silence from being looked at, whatever floor is given.
_FAINTEST = 1e-9
_BLOCK = 24


def true_peak_dbtp(samples: Samples) -> float:
    """Return the true peak of ``samples`` (float32, shape (n,)) in dBTP; minus infinity for silence.

    The filter is given in samples, so it serves every rate. A full-scale tone near half the rate reads up to 0.7 dB
    low, as the annex says of four times oversampling; speech and beeps have next to nothing there.
    """
    loudest = float(max(samples.max(initial=0), -samples.min(initial=0)))
    peak = float(block_peaks(samples, _BLOCK, loudest).max(initial=0))
    return amplitude_to_db(peak)


def block_peaks(samples: Samples, block: int, floor: float) -> Samples:
    """Return the peak of each ``block`` samples, at or between them; the last block may be shorter; float32.

    Peaks between samples are looked for only where they could exceed ``floor``, a factor of full scale.
    """
    count = -(-samples.size // block)
    padded = np.zeros(_BEFORE + count * block + _TAPS, np.float32)
    padded[_BEFORE : _BEFORE + samples.size] = samples
    rows = padded[_BEFORE : _BEFORE + count * block].reshape(count, block)
    peaks: Samples = np.maximum(rows.max(axis=1), -rows.min(axis=1))
    # A block's first and last in-between values depend on samples of its neighbours as well.
    around = np.pad(peaks, 1)
    highest = np.maximum(np.maximum(around[:-2], around[2:]), peaks)
    strong = np.flatnonzero(highest * _STRONGEST >= max(floor, _FAINTEST))
    if strong.size:
        windows = sliding_window_view(padded, block + _TAPS - 1)[::block][strong]
        # One matrix product over the few strong blocks, instead of four convolutions over everything. By einsum, which
        # takes twice as long: `@` leaves it to BLAS, whose order of sums, and so the last bit, differs by processor.
        between = np.einsum("ij,jk->ik", windows, _interpolator(block))
        peaks[strong] = np.maximum(peaks[strong], np.maximum(between.max(axis=1), -between.min(axis=1)))
    return peaks


@lru_cache(maxsize=4)
def _interpolator(block: int) -> Samples:
    """Return the matrix that takes a block and its neighbours to the four times as many values between them."""
    matrix = np.zeros((block + _TAPS - 1, block, len(_PHASES)), np.float32)
    for sample in range(block):
        matrix[sample : sample + _TAPS, sample] = _PHASES.T
    return matrix.reshape(block + _TAPS - 1, -1)
