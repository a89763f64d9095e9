"""What a program that is not ours says of a finished file: ffmpeg, as the wheel of imageio-ffmpeg brings it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Clip
from tests.audio.made_audio import ffmpeg

RATE_HZ = 24_000


def described(path: Path) -> str:
    """Return what ffmpeg says of the file: duration, chapters, tags, streams."""
    return ffmpeg("-i", str(path), "-f", "null", "-").stderr.decode()


def offset_ms(samples: NDArray[np.float32], sound: Clip, start_ms: int, reach_ms: int = 150) -> float:
    """Return how many ms after ``start_ms`` the sound is heard, by the best correlation within ``reach_ms``."""
    first = max(0, start_ms - reach_ms) * RATE_HZ // 1000
    window = samples[first : (start_ms + reach_ms) * RATE_HZ // 1000 + sound.samples.size]
    match = np.correlate(window, sound.samples, "valid")
    return (first + int(match.argmax())) * 1000 / RATE_HZ - start_ms
