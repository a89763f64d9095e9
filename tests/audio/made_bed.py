"""Music for tests: chords with a beat, stereo, loud and soft passages; and stereo MP3s decoded to look at."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np

from audioguide.audio.clip import Samples


def music(seconds: float, rate_hz: int = 44_100, seed: int = 1, level: float = 0.5) -> Samples:
    """Return float32, shape (n, 2): a chord of plucked strings and four beats every two seconds."""
    random = np.random.default_rng(seed)
    size = round(seconds * rate_hz)
    made = np.zeros((size, 2))
    bar = 2 * rate_hz
    time = np.arange(bar) / rate_hz
    for number, start in enumerate(range(0, size, bar)):
        root_hz = 110 * 2 ** (random.integers(0, 12) / 12)
        phases = random.uniform(0, 6, (4, 7))
        chord = np.zeros((bar, 2))
        for voice, ratio in enumerate((1, 1.25, 1.5, 2)):
            for harmonic in range(1, 8):
                wave = 2 * np.pi * root_hz * ratio * harmonic * time + phases[voice, harmonic - 1]
                decay = np.exp(-time * 1.2) / harmonic**1.3 * 0.08
                chord += np.stack([decay * np.sin(wave), decay * np.sin(wave + 0.5 * voice)], axis=1)
        for beat in range(4):
            hit = random.normal(0, 0.1, rate_hz // 8) * np.exp(-np.arange(rate_hz // 8) / rate_hz * 40)
            at = beat * rate_hz // 2
            chord[at : at + hit.size] += hit[:, None]
        swell = 0.6 + 0.4 * np.sin(number / 3)
        made[start : start + bar] += swell * chord[: size - start]
    return (level * made).astype(np.float32)


def music_file(path: Path, seconds: float = 30, rate_hz: int = 44_100, seed: int = 1, level: float = 0.5) -> Path:
    """Write `music` to ``path``, in the format that its suffix says."""
    import soundfile

    soundfile.write(path, music(seconds, rate_hz, seed, level), rate_hz)
    return path


def decoded_stereo(mp3: bytes) -> Samples:
    """Return what libsndfile hears of an MP3, float32, shape (n, 2)."""
    import soundfile

    samples, _ = soundfile.read(io.BytesIO(mp3), dtype="float32")
    return np.asarray(samples, np.float32)
