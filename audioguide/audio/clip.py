"""The one value type for sound: mono samples with their rate. Every stage that hears or makes sound shares it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

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
    def size(self) -> int:
        """How many samples it has."""
        return self.samples.size

    @property
    def duration_ms(self) -> int:
        """Length, rounded up to a whole millisecond."""
        # Up, so that what is placed behind a clip never overlaps its last samples.
        if self.rate_hz == SAMPLE_RATE_HZ:
            return samples_to_ms(self.size)
        return -(-self.size * 1000 // self.rate_hz)


# 32767, not 32768: a sample at exactly +1 has to fit, and both directions use the same number.
_FULL_SCALE = np.float32(32767)


class KeptClip(Clip):
    """A clip at 24 kHz as it is kept between builds: in 16 bits, beside what every build asks of it.

    Its samples are read when they are first asked for, and made of their bits each time. Hardly any build asks: what is
    encoded already is found by the clip's name. To read the samples of a session's clips took a twelfth of a build in
    which one hold had changed, to make them, their names and fingerprints anew a quarter.

    Args:
        data: the samples, 16 bits each, the lower byte first, or what reads them.
        size: how many samples there are.
        name: tells the clip from those that sound otherwise; see `name_of`.
        fingerprint: tells its words; see `audio.level.fingerprint`.

    Attributes:
        name: see above.
        fingerprint: see above.
    """

    __slots__ = ("_data", "_size", "fingerprint", "name")

    name: str
    fingerprint: str
    _data: bytes | Callable[[], bytes]
    _size: int

    def __init__(self, data: bytes | Callable[[], bytes], *, size: int, name: str, fingerprint: str) -> None:
        if size < 1:
            raise ValueError(f"a clip needs samples; got {size}")
        # As frozen as any clip. Of its fields only the rate has a place here.
        values = {"rate_hz": SAMPLE_RATE_HZ, "_data": data, "_size": size, "name": name, "fingerprint": fingerprint}
        for field, value in values.items():
            object.__setattr__(self, field, value)

    @property
    def data(self) -> bytes:
        """Its samples, 16 bits each.

        Raises:
            SpeechError: when what reads them can't.
        """
        data = self._data
        if not isinstance(data, bytes):
            # Threads that ask at once read the same twice, which does no harm.
            data = data()
            object.__setattr__(self, "_data", data)
        return data

    @property
    def samples(self) -> Samples:
        """Its samples, made now.

        Raises:
            SpeechError: as `data` does.
        """
        return from_16_bits(self.data)

    @property
    def size(self) -> int:
        """How many samples it has."""
        return self._size


def in_16_bits(samples: Samples) -> bytes:
    """Return ``samples`` as a `KeptClip` holds them."""
    data: bytes = np.rint(samples * _FULL_SCALE).astype("<i2").tobytes()
    return data


def from_16_bits(data: bytes) -> Samples:
    """Return the samples that `in_16_bits` made ``data`` of, to one in 32,767."""
    return np.frombuffer(data, "<i2").astype(np.float32) / _FULL_SCALE


def name_of(samples: Samples) -> str:
    """Return a name that tells ``samples`` from others, in this process and the next."""
    return blake2b(samples.tobytes(), digest_size=16).hexdigest()
