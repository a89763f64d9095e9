"""Ducking: music and breath tones below the voice go down before a cue and come back after it.

A ducker of the studio follows the voice it hears and is late; here the plan says when cues begin, so the sound below
is down by then.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from audioguide.audio.level.decibels import db_to_amplitude

Stretch = tuple[int, int]
"""From one millisecond to another."""


class Ducking(Struct, frozen=True):
    """How sound makes way for cues.

    Attributes:
        down_db: how far it goes down.
        attack_ms: how long it takes to go down; it is down when the cue begins.
        release_ms: how long it takes to come back after the cue.
        join_ms: between cues that are no further apart it stays down, so that it doesn't pump.
    """

    down_db: float
    attack_ms: int
    release_ms: int
    join_ms: int


class DuckedGain:
    """The gain over time that makes way for cues.

    Args:
        cues: when something is said or beeps, in order.
        ducking: how far, and how smoothly.
    """

    def __init__(self, cues: Iterable[Stretch], ducking: Ducking) -> None:
        self._down_db = ducking.down_db
        attack_ms, release_ms = max(1, ducking.attack_ms), max(1, ducking.release_ms)
        # Joined at least as far apart as the two ramps need, so that they never cross.
        apart_ms = max(ducking.join_ms, attack_ms + release_ms)
        joined: list[Stretch] = []
        for start, end in cues:
            if joined and start - joined[-1][1] <= apart_ms:
                joined[-1] = (joined[-1][0], max(joined[-1][1], end))
            else:
                joined.append((start, end))
        # Reshaped, for without cues the array would have no second axis.
        starts, ends = np.hsplit(np.array(joined, np.float64).reshape(-1, 2), 2)
        self._ms = np.hstack([starts - attack_ms, starts, ends, ends + release_ms]).reshape(-1)
        self._depths = np.tile([0.0, 1.0, 1.0, 0.0], len(joined))

    def at(self, times_ms: NDArray[np.float64]) -> NDArray[np.float32]:
        """Return the gain at each of ``times_ms``, from 1 down to ``down_db`` below; same shape."""
        if not self._ms.size:
            return np.ones(times_ms.shape, np.float32)
        depth = np.interp(times_ms, self._ms, self._depths)
        # Half a cosine in decibels: the ear hears ramps of level, and corners in them.
        smooth = (1 - np.cos(np.pi * depth)) / 2
        return np.asarray(db_to_amplitude(-self._down_db * smooth), np.float32)

    def samples(self, first: int, count: int, samples_per_ms: int) -> NDArray[np.float32]:
        """Return the gain of ``count`` samples from sample ``first`` on: exact at each millisecond, lines between."""
        begin = first // samples_per_ms
        end = -(-(first + count) // samples_per_ms) + 1
        times_ms = np.arange(begin, end, dtype=np.float64)
        at = np.arange(first, first + count) / samples_per_ms
        return np.interp(at, times_ms, self.at(times_ms)).astype(np.float32)
