"""Sound at any rate brought to the program's own: voices that come at another one, and files that are checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from audioguide.audio.clip import Clip, Samples
from audioguide.model.units import SAMPLE_RATE_HZ
from audioguide.storage.stop_signals import signals_held_back


def soxr_module() -> Any:
    """Return the resampling library, imported; not above, as many commands do without."""
    # An exception that a signal raises while nanobind fills the module ends the process with SIGABRT (soxr 1.0).
    with signals_held_back():
        import soxr
    return soxr


def at_our_rate(clip: Clip) -> Samples:
    """Return the samples of ``clip`` at 24 kHz, float32, shape (n,); empty where it is shorter than half a sample.

    What lies above 12 kHz is filtered out first, 80 dB down and more, so that it can't fold back as false tones.
    """
    if clip.rate_hz == SAMPLE_RATE_HZ:
        return clip.samples
    resampled: Samples = soxr_module().resample(clip.samples, clip.rate_hz, SAMPLE_RATE_HZ, "HQ")
    return resampled


def blocks_at_our_rate(blocks: Iterable[Samples], rate_hz: int) -> Iterator[Samples]:
    """Yield the samples of `at_our_rate` of consecutive ``blocks`` at ``rate_hz``, float32, shape (n,) each."""
    if rate_hz == SAMPLE_RATE_HZ:
        yield from blocks
        return
    stream = soxr_module().ResampleStream(rate_hz, SAMPLE_RATE_HZ, num_channels=1, dtype="float32", quality="HQ")
    for block in blocks:
        yield stream.resample_chunk(block)
    yield stream.resample_chunk(np.zeros(0, np.float32), last=True)
