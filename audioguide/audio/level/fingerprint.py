"""How strong a cue is in each of a few bands, from moment to moment, which tells its words also after encoding."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, KeptClip, Samples
from audioguide.model.units import SAMPLE_RATE_HZ, SAMPLES_PER_MS

SLICE_MS = 50
"""Short enough for a syllable, long enough that the codec's spread, two frames, changes little."""

EDGES_HZ = (100, 300, 600, 1_000, 1_700, 3_000, 6_000)
"""Edges of the bands: the vowels' first and second formants, and what is left of consonants on a phone."""

STEP_DB = 2.0
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
"""One for each step of level, from −126 dBFS up."""

_LOWEST_DB = -STEP_DB * (len(_LETTERS) - 1)
_FAINTEST = 10 ** (_LOWEST_DB / 10)


FINGERPRINT_VERSION = 1
"""Raised by one whenever the same samples come to another fingerprint, so that those kept with clips are made anew."""


def levels_db(samples: Samples) -> NDArray[np.float64]:
    """Return the level (dBFS) of each whole slice in each band, shape (slices, bands); ``samples`` at 24 kHz."""
    size = SLICE_MS * SAMPLES_PER_MS
    rows = samples[: samples.size // size * size].reshape(-1, size)
    powers = np.abs(np.fft.rfft(rows, axis=1)) ** 2 * (2 / size**2)
    edges = [round(edge * size / SAMPLE_RATE_HZ) for edge in EDGES_HZ]
    bands = np.add.reduceat(powers[:, : edges[-1]], edges[:-1], axis=1)
    levels: NDArray[np.float64] = 10 * np.log10(np.maximum(bands, _FAINTEST))
    return levels


def fingerprint(samples: Samples) -> str:
    """Return the levels of ``samples`` (24 kHz) as text: a letter for each band of each slice; empty under 50 ms."""
    steps = np.clip(np.rint((levels_db(samples) - _LOWEST_DB) / STEP_DB), 0, len(_LETTERS) - 1)
    return "".join(_LETTERS[step] for step in steps.astype(int).ravel())


def fingerprint_of(clip: Clip) -> str:
    """Return the fingerprint of a cue's clip (24 kHz)."""
    return clip.fingerprint if isinstance(clip, KeptClip) else fingerprint(clip.samples)


def levels_of(text: str) -> NDArray[np.float64]:
    """Return the levels (dBFS) that a `fingerprint` holds, shape (slices, bands); empty for what is none."""
    bands = len(EDGES_HZ) - 1
    if len(text) % bands or not set(text) <= set(_LETTERS):
        return np.zeros((0, bands))
    steps = np.array([_LETTERS.index(letter) for letter in text], np.float64)
    return (steps * STEP_DB + _LOWEST_DB).reshape(-1, bands)
