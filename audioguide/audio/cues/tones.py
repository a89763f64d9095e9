"""The beeps: one sound a role, loaded from the shipped WAV files, and how loud a beep is."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable

import numpy as np

from audioguide.audio.clip import Clip
from audioguide.audio.fades import faded
from audioguide.audio.level.decibels import db_to_amplitude
from audioguide.audio.level.loudness import k_weighted, lufs
from audioguide.errors import OutputError, RequestError
from audioguide.model.kinds import BeepRole
from audioguide.model.sound import LONGEST_LEAD_MS, SHORTEST_LEAD_MS
from audioguide.model.units import SAMPLE_RATE_HZ, SAMPLES_PER_MS

LEAD_LUFS = -34.0
"""Loudness of the lead tone's loudest 100 ms: it wakes a sleeping output and is to disturb nobody."""

_LOUDEST_MS = 100
# E5 with soft overtones, as the shipped tone is made; phone speakers play next to nothing below 300 Hz.
_LEAD_HZ = 659.26
_LEAD_HARMONICS = (1.0, 0.12, 0.04)
_LEAD_FADE_MS = 15


def load_sounds(folder: Traversable | None = None) -> dict[BeepRole, Clip]:
    """Return the sound of every role, at 24 kHz.

    Args:
        folder: where a ``<role>.wav`` of each role is; None takes the sounds that come with the program.

    Raises:
        OutputError: naming the file that is missing, broken, or not mono at 24 kHz.
    """
    return _all_in(folder) if folder is not None else dict(_shipped())


@cache
def _shipped() -> dict[BeepRole, Clip]:
    """Return the sounds that come with the program, which many sessions of one process share."""
    return _all_in(files("audioguide.audio.cues.sounds"))


def _all_in(home: Traversable) -> dict[BeepRole, Clip]:
    from audioguide.audio.read.source import open_source

    clips: dict[BeepRole, Clip] = {}
    for role in BeepRole:
        file = home / f"{role}.wav"
        try:
            # A path of its own, which what comes from a zipped package lacks. Read and checked as a user's sounds are,
            # so that one that is cut short is noticed.
            with as_file(file) as path, open_source(path) as source:
                if (source.rate_hz, source.channels) != (SAMPLE_RATE_HZ, 1):
                    raise OutputError(f"the sound {file} must be mono at {SAMPLE_RATE_HZ} Hz and not empty")
                clips[role] = Clip(np.concatenate([block[:, 0] for block in source.blocks(SAMPLE_RATE_HZ)]))
        except (OSError, RequestError) as error:
            raise OutputError(f"the sound {file} is missing or broken: {error}; install audioguide anew") from error
    return clips


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
