"""The one value type for sound: mono samples with their rate. Every stage that hears or makes sound shares it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audioguide.model.units import SAMPLE_RATE_HZ, samples_to_ms

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Clip:
    """A stretch of sound.

    Attributes:
        samples: float32, shape (n,), full scale at ±1; never empty.
        rate_hz: samples a second.

    Raises:
        ValueError: when there are no samples, the shape is not (n,), or a sample is not finite.
    """

    samples: Samples
    rate_hz: int = SAMPLE_RATE_HZ

    def __post_init__(self) -> None:
        if self.samples.ndim != 1 or self.samples.size == 0:
            raise ValueError(f"a clip needs samples of shape (n,), n > 0; got {self.samples.shape}")
        if not np.isfinite(self.samples).all():
            raise ValueError("a clip's samples must be finite")

    @property
    def duration_ms(self) -> int:
        """Length, rounded up to a whole millisecond."""
        # Up, so that what is placed behind a clip never overlaps its last samples.
        if self.rate_hz == SAMPLE_RATE_HZ:
            return samples_to_ms(self.samples.size)
        return -(-self.samples.size * 1000 // self.rate_hz)
