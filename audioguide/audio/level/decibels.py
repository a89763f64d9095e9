"""Decibels to factors and back, for amplitudes and for powers: a factor of 10 in power is 10 dB, in amplitude 20 dB.

All in double precision; callers narrow to float32 themselves, so that each rounds once.
"""

from __future__ import annotations

import math
from typing import overload

import numpy as np
from numpy.typing import NDArray


@overload
def db_to_amplitude(db: float) -> float: ...


@overload
def db_to_amplitude(db: NDArray[np.float64]) -> NDArray[np.float64]: ...


def db_to_amplitude(db: float | NDArray[np.float64]) -> float | NDArray[np.float64]:
    """Return the factor on samples that ``db`` is: 0.5 for about −6 dB; for an array, an array of the same shape."""
    factor: float | NDArray[np.float64] = 10 ** (db / 20)
    return factor


def db_to_power(db: float) -> float:
    """Return the factor on mean squares that ``db`` is: 0.5 for about −3 dB."""
    return float(10 ** (db / 10))


def amplitude_to_db(factor: float) -> float:
    """Return a factor on samples, or a peak beside full scale, in dB; minus infinity where it is not above 0."""
    return 20 * math.log10(factor) if factor > 0 else -math.inf


def power_to_db(factor: float) -> float:
    """Return a factor on mean squares in dB; minus infinity where it is not above 0."""
    return 10 * math.log10(factor) if factor > 0 else -math.inf
