"""The beeps: one sound a role, loaded from the shipped WAV files, and how loud a beep is."""

from __future__ import annotations

import io
import wave
from functools import cache

import numpy as np

from audioguide.audio.clip import Clip
from audioguide.audio.fades import faded
from audioguide.audio.level.decibels import db_to_amplitude
from audioguide.audio.level.loudness import k_weighted, lufs
from audioguide.model.kinds import BeepRole
from audioguide.model.sound import LONGEST_LEAD_MS, SHORTEST_LEAD_MS
from audioguide.model.units import SAMPLE_RATE_HZ, SAMPLES_PER_MS
from audioguide.storage.packaged_files import packaged_file

LEAD_LUFS = -34.0
"""Loudness of the lead tone's loudest 100 ms: it wakes a sleeping output and is to disturb nobody."""

_LOUDEST_MS = 100
# E5 with soft overtones, as the shipped tone is made; phone speakers play next to nothing below 300 Hz.
_LEAD_HZ = 659.26
_LEAD_HARMONICS = (1.0, 0.12, 0.04)
_LEAD_FADE_MS = 15


def load_sounds() -> dict[BeepRole, Clip]:
    """Return the sound of every role as it comes with the program, at 24 kHz.

    Raises:
        InstallationError: when a file of one is not as it came.
    """
    return dict(_shipped())


@cache
def _shipped() -> dict[BeepRole, Clip]:
    """Return the sounds that come with the program, which many sessions of one process share."""
    sounds = {}
    for role in BeepRole:
        # Known to be whole, and of the one kind that scripts/make_sounds writes: 16 bits, mono, 24 kHz. What reads a
        # user's sounds would take longer to load than these to be read.
        with wave.open(io.BytesIO(packaged_file(f"audio/cues/sounds/{role}.wav"))) as file:
            samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        sounds[role] = Clip(samples.astype(np.float32) / np.float32(1 << 15))
    return sounds


def loudest_lufs(clip: Clip) -> float:
    """Return the loudness of the loudest 100 ms of ``clip`` (24 kHz) by BS.1770's weighting, without gates, in LUFS.

    The ear takes in about so much at once. A shorter sound counts with the silence around it; minus infinity for
    silence.
    """
    window = _LOUDEST_MS * SAMPLES_PER_MS
    # A beep is shorter than the 400 ms block of BS.1770, so its gated loudness would depend on what is around it.
    around = Clip(np.pad(clip.samples, window))
    sums = np.cumsum(k_weighted(around).astype(np.float64) ** 2)
    return lufs(float((sums[window:] - sums[:-window]).max()) / window)


def lead_tone(length_ms: int) -> Clip:
    """Return the soft lead tone at another length: the pitch and harmonics of the shipped one, held all the way.

    Args:
        length_ms: 50 to 3000.

    Returns:
        A clip at 24 kHz whose loudest 100 ms are at `LEAD_LUFS`.

    Raises:
        ValueError: for a length outside its range.
    """
    if not SHORTEST_LEAD_MS <= length_ms <= LONGEST_LEAD_MS:
        raise ValueError(f"a lead tone of {length_ms} ms; it lasts {SHORTEST_LEAD_MS} to {LONGEST_LEAD_MS}")
    turns = 2 * np.pi * _LEAD_HZ * np.arange(length_ms * SAMPLES_PER_MS) / SAMPLE_RATE_HZ
    tone = sum(strength * np.sin(number * turns) for number, strength in enumerate(_LEAD_HARMONICS, 1))
    clip = Clip(faded(np.asarray(tone, np.float32), _LEAD_FADE_MS))
    return Clip(clip.samples * np.float32(db_to_amplitude(LEAD_LUFS - loudest_lufs(clip))))
