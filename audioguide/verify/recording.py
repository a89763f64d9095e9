"""Finds in a decoded session when sounds begin and end, and which they are. Nothing here knows a plan."""

from __future__ import annotations

import math

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.level.decibels import db_to_power, power_to_db
from audioguide.audio.level.loudness import energies_of
from audioguide.audio.resample import at_our_rate
from audioguide.model.units import SAMPLES_PER_MS

LIKE_ENOUGH = 0.9
"""Likeness from which a sound is taken for another; shipped beeps that went through the MP3 reach 0.99."""

# Beeps differ in their first notes; the end of a long one is quiet and says little.
_RECOGNISED_BY_MS = 400
_FAINTEST = 1e-9


class Match(Struct, frozen=True):
    """Where a known sound was found best.

    Attributes:
        at_ms: when it begins there, to a fraction of a millisecond.
        likeness: normalised correlation with it: 1 for the same sound at any level, about 0 for another.
        gain: its level beside the known sound's, as a factor.
    """

    at_ms: float
    likeness: float
    gain: float


class Recording(Struct, frozen=True, eq=False):
    """A decoded session, or a stretch of one; times are those of the session.

    Attributes:
        samples: float32, shape (n,), 24 kHz.
        powers: mean square of each millisecond.
        start_ms: where it begins in the session.
    """

    samples: Samples
    powers: NDArray[np.float64]
    start_ms: int = 0

    @classmethod
    def of(cls, clip: Clip, least_ms: int) -> Recording:
        """Return ``clip`` at 24 kHz, silence added up to ``least_ms`` where it is shorter."""
        samples = at_our_rate(clip)
        missing = least_ms * SAMPLES_PER_MS - samples.size
        if missing > 0:
            samples = np.pad(samples, (0, missing))
        return cls.at(0, samples)

    @classmethod
    def at(cls, start_ms: int, samples: Samples) -> Recording:
        """Return the stretch of a session that begins at a time."""
        return cls(samples, energies_of(samples, SAMPLES_PER_MS) / SAMPLES_PER_MS, start_ms)

    def cut(self, start_ms: int, end_ms: int) -> Clip:
        """Return the stretch between two times, which must not be empty."""
        begin, end = max(0, start_ms) - self.start_ms, end_ms - self.start_ms
        return Clip(self.samples[begin * SAMPLES_PER_MS : end * SAMPLES_PER_MS])

    def part(self, start_ms: int, end_ms: int) -> Recording:
        """Return the stretch between two times as a recording."""
        begin, end = start_ms - self.start_ms, end_ms - self.start_ms
        samples = self.samples[begin * SAMPLES_PER_MS : end * SAMPLES_PER_MS]
        return Recording(samples, self.powers[begin:end], start_ms)

    def first_heard_ms(self, start_ms: int, end_ms: int, floor_db: float) -> int | None:
        """Return the first millisecond of a stretch whose level exceeds ``floor_db`` (dBFS, RMS), or None."""
        heard = self._heard(start_ms, end_ms, floor_db)
        return max(0, start_ms) + int(heard[0]) if heard.size else None

    def last_heard_ms(self, start_ms: int, end_ms: int, floor_db: float) -> int | None:
        """Return the end of the last millisecond of a stretch whose level exceeds ``floor_db``, or None."""
        heard = self._heard(start_ms, end_ms, floor_db)
        return max(0, start_ms) + int(heard[-1]) + 1 if heard.size else None

    def loudest_db(self, start_ms: int, end_ms: int) -> tuple[float, int]:
        """Return the level (dBFS, RMS) of a stretch's loudest millisecond, and which that is."""
        powers = self._powers(start_ms, end_ms)
        at = int(powers.argmax())
        return power_to_db(float(powers[at]) + _FAINTEST**2), max(0, start_ms) + at

    def _heard(self, start_ms: int, end_ms: int, floor_db: float) -> NDArray[np.intp]:
        return np.flatnonzero(self._powers(start_ms, end_ms) > db_to_power(floor_db))

    def _powers(self, start_ms: int, end_ms: int) -> NDArray[np.float64]:
        return self.powers[max(0, start_ms) - self.start_ms : end_ms - self.start_ms]

    def find(self, sound: Clip, around_ms: int, reach_ms: int) -> Match:
        """Return where ``sound`` (24 kHz) is most like what is heard, at most ``reach_ms`` from ``around_ms``."""
        known = sound.samples[: _RECOGNISED_BY_MS * SAMPLES_PER_MS]
        begin = (around_ms - reach_ms) * SAMPLES_PER_MS
        size = known.size + 2 * reach_ms * SAMPLES_PER_MS
        # Silence where the session has not begun or is over.
        offset = self.start_ms * SAMPLES_PER_MS
        cut = self.samples[max(0, begin) - offset : max(0, begin + size - offset)]
        before = min(max(0, -begin), size)
        stretch = np.pad(cut, (before, size - before - cut.size)).astype(np.float64)
        # Products with the sound at every offset, by FFT. It goes round at the end; those products are cut off.
        spectrum = np.fft.rfft(stretch) * np.conj(np.fft.rfft(known.astype(np.float64), size))
        products = np.fft.irfft(spectrum, size)[: size - known.size + 1]
        sums = np.concatenate(([0.0], np.cumsum(stretch**2)))
        # Differences of large sums may come out just below 0 in silence.
        energies = np.maximum(sums[known.size :] - sums[: -known.size], 0.0)
        own = float(known @ known)
        # Divided by both levels, so that a loud sound of another shape isn't taken for a soft one of the right shape.
        alike = products / np.sqrt(energies * own + _FAINTEST)
        at = int(alike.argmax())
        return Match((begin + at) / SAMPLES_PER_MS, float(alike[at]), float(products[at]) / own)


def likeness(one: Samples, other: Samples) -> float:
    """Return the normalised correlation of two sounds of shape (n,), from −1 to 1; 0 where one is silent."""
    size = min(one.size, other.size)
    one, other = one[:size], other[:size]
    energies = float(one @ one) * float(other @ other)
    return float(one @ other) / math.sqrt(energies + _FAINTEST)
