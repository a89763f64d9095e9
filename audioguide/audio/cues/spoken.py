"""A spoken clip made ready for the mix: rate, ends, loudness, volume."""

from __future__ import annotations

import numpy as np

from audioguide.audio.clip import Clip
from audioguide.audio.fades import faded
from audioguide.audio.level.limiter import CEILING_DBTP, normalise
from audioguide.audio.resample import at_our_rate
from audioguide.errors import SpeechError
from audioguide.model.sound import DEFAULT_LUFS

PREPARATION_VERSION = 4
"""Raised by one whenever the way clips are trimmed or prepared changes what they sound like, so that cached
clips are made anew."""


def prepare(clip: Clip, target_lufs: float = DEFAULT_LUFS, volume: float = 1.0) -> Clip:
    """Return ``clip`` at 24 kHz and ``target_lufs``, times ``volume``, its ends faded so that they can't click.

    Args:
        clip: speech at any rate, trimmed of silence.
        target_lufs: loudness before ``volume``.
        volume: factor on the samples, over 0 and up to 1.

    Raises:
        ValueError: for a volume outside its range.
        SpeechError: when the clip is silent or has next to no length.
    """
    if not 0 < volume <= 1:
        raise ValueError(f"a volume of {volume}; it lies over 0 and up to 1")
    samples = at_our_rate(clip)
    # Faded before it is normalised, so that the loudness is that of what is heard; the volume comes last, so that a
    # quiet voice is limited no differently from a loud one.
    if samples.size == 0:
        raise SpeechError("a clip came out empty")
    return Clip(normalise(Clip(faded(samples)), target_lufs, CEILING_DBTP).samples * np.float32(volume))
