"""Edges that can't click: a sound rises from silence and falls back to it. For speech, own sounds, the lead tone."""

from __future__ import annotations

import numpy as np

from audioguide.audio.clip import Samples
from audioguide.model.units import SAMPLES_PER_MS

_FADE_MS = 3


def faded(samples: Samples, fade_ms: int = _FADE_MS) -> Samples:
    """Return a copy of ``samples`` (24 kHz, shape (n,)) that rises from and falls to 0 as sine squared.

    Each edge takes ``fade_ms``, or half of a sound that is shorter than both.
    """
    length = min(fade_ms * SAMPLES_PER_MS, samples.size // 2)
    # Squared, so that the slope is 0 at both ends of the ramp: a corner there is itself heard as a soft click.
    ramp = (np.sin(np.linspace(0, np.pi / 2, length, endpoint=False)) ** 2).astype(np.float32)
    ends = samples.copy()
    ends[:length] *= ramp
    ends[samples.size - length :] *= ramp[::-1]
    return ends
