"""A spoken clip made ready for the mix: rate, ends, loudness, volume. Takes what `speech` gives, feeds `audio.mix`."""

from __future__ import annotations

import numpy as np

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.normalise import CEILING_DBTP, normalise
from audioguide.model.units import SAMPLE_RATE_HZ, SAMPLES_PER_MS

TARGET_LUFS = -16.0
"""Loudness of every spoken clip at full volume: what podcasts aim at for phones (AES TD1008, 4.2)."""

_FADE_MS = 3


def prepare(clip: Clip, target_lufs: float = TARGET_LUFS, volume: float = 1.0) -> Clip:
    """Return ``clip`` at 24 kHz and ``target_lufs``, times ``volume``, its ends faded so that they can't click.

    Args:
        clip: speech at any rate, trimmed of silence.
        target_lufs: loudness before ``volume``.
        volume: factor on the samples, over 0 and up to 1.

    Raises:
        ValueError: for a volume outside its range.
        SpeechError: when the clip is silent.
    """
    if not 0 < volume <= 1:
        raise ValueError(f"a volume of {volume}; it lies over 0 and up to 1")
    resampled = Clip(_faded(_at_our_rate(clip)))
    return Clip(normalise(resampled, target_lufs, CEILING_DBTP).samples * np.float32(volume))


def _at_our_rate(clip: Clip) -> Samples:
    if clip.rate_hz == SAMPLE_RATE_HZ:
        return clip.samples
    import soxr

    resampled: Samples = soxr.resample(clip.samples, clip.rate_hz, SAMPLE_RATE_HZ, "HQ")
    return resampled if resampled.size else np.zeros(1, np.float32)


def _faded(samples: Samples) -> Samples:
    """Return a copy that rises from and falls to 0, as sine squared."""
    length = min(_FADE_MS * SAMPLES_PER_MS, samples.size // 2)
    ramp = (np.sin(np.linspace(0, np.pi / 2, length, endpoint=False)) ** 2).astype(np.float32)
    faded = samples.copy()
    faded[:length] *= ramp
    faded[samples.size - length :] *= ramp[::-1]
    return faded
